/** What sweeps state, and what they are made of. */
import { describe, expect, it } from "vitest";
import { constantTensor } from "../../src/graph/leaves.ts";
import type { Op } from "../../src/graph/op.ts";
import { elementCount } from "../../src/kernels/types.ts";
import { ops } from "../../src/ops/registry.ts";
import { evaluateOnCpu } from "../../src/reference/executor.ts";
import { caseLists } from "../../src/validation/cases/index.ts";
import { sweepCase, sweepPoints } from "../../src/validation/sweep.ts";

const swept = caseLists.flatMap(({ op, sweep }) => (sweep ? [{ op, sweep }] : []));

describe.each(swept)("the sweep of $op", ({ sweep }) => {
  it("states what NaN and the infinities become", () => {
    const x = constantTensor(
      Float32Array.of(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY),
      {
        shape: [3],
        dtype: "f32",
      },
    );
    const [got] = evaluateOnCpu([sweep.apply(x)]);
    const stated = [sweep.nan, sweep.positiveInfinity, sweep.negativeInfinity];
    expect([...(got ?? [])].map(Math.fround)).toEqual(stated.map(Math.fround));
  });

  it("goes over at least 2,000 numbers", () => {
    expect(elementCount(sweepCase(sweep).inputs[0]?.shape ?? [])).toBeGreaterThanOrEqual(2000);
  });
});

it("sweeps reach everything that f32 has", () => {
  const finite = sweepPoints.filter(Number.isFinite);
  const has = (x: number) => finite.some((point) => Object.is(point, Math.fround(x)));
  expect([0, -0, 2 ** -149, -(2 ** -149), 9.02, -9.02, 88.7, -88.7, 1e4, -1e4].every(has)).toBe(true);
  expect(Math.max(...finite)).toBe((2 - 2 ** -23) * 2 ** 127);
  const octaves = new Set(finite.filter((x) => x > 0).map((x) => Math.floor(Math.log2(x))));
  expect(octaves.size).toBe(149 + 128);
});

it("every op of one number has a sweep", () => {
  const known = new Set(swept.map(({ op }) => op));
  const unary = (Object.values(ops) as readonly Op<never>[]).filter(
    ({ formula, inputs }) => formula && inputs.length === 1,
  );
  const missing = unary.map(({ name }) => name).filter((name) => !known.has(name));
  // Repetition is no function of numbers; casting between floats has cases of its own, which want f16.
  expect(missing).toEqual(["broadcastTo", "cast"]);
});
