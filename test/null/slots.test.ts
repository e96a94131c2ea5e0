import fc from "fast-check";
import { expect, test } from "vitest";
import type { Lifetime } from "../../src/plan/slots.ts";
import { assignSlots } from "../../src/plan/slots.ts";

const lifetime = fc
  .tuple(fc.integer({ min: 1, max: 1000 }), fc.nat(50), fc.nat(20))
  .map(([bytes, first, length]): Lifetime => ({ bytes, first, last: first + length }));

test("no two lifetimes in one slot overlap, and every slot holds its largest", () => {
  fc.assert(
    fc.property(fc.array(lifetime, { maxLength: 60 }), (lifetimes) => {
      const { slots, sizes } = assignSlots(lifetimes);
      expect(slots).toHaveLength(lifetimes.length);
      lifetimes.forEach((a, i) => {
        expect(sizes[slots[i] ?? -1]).toBeGreaterThanOrEqual(a.bytes);
        lifetimes.slice(i + 1).forEach((b, j) => {
          if (slots[i] !== slots[i + 1 + j]) return;
          expect(a.last < b.first || b.last < a.first).toBe(true);
        });
      });
    }),
  );
});

test("a chain of equal tensors needs two slots, whatever its length", () => {
  const chain = Array.from({ length: 20 }, (_, step) => ({ bytes: 64, first: step, last: step + 1 }));
  expect(assignSlots(chain).sizes).toEqual([64, 64]);
});

test("the smallest free slot that holds a tensor is taken", () => {
  const { slots } = assignSlots([
    { bytes: 100, first: 0, last: 1 },
    { bytes: 40, first: 0, last: 1 },
    { bytes: 30, first: 2, last: 3 },
  ]);
  expect(slots[2]).toBe(slots[1]);
});
