import { expect, it } from "vitest";
import { constantTensor } from "../../src/graph/leaves.ts";
import { firstStep } from "../../src/kernels/step.ts";
import { dropout } from "../../src/ops/dropout.ts";
import { evaluateOnCpu } from "../../src/reference/executor.ts";

const count = 10_000;
const ones = constantTensor(new Float32Array(count).fill(1), { shape: [count], dtype: "f32" });

function mask(stream: number, index = 0, rate = 0.25): boolean[] {
  const [values] = evaluateOnCpu([dropout(ones, { rate, stream })], { step: { ...firstStep, index } });
  return Array.from(values ?? [], (value) => value === 0);
}

const share = (list: readonly boolean[]) => list.filter(Boolean).length / list.length;

it("drops the share that was asked for", () => {
  expect(Math.abs(share(mask(0)) - 0.25)).toBeLessThan(0.02);
  expect(Math.abs(share(mask(0, 0, 0.9)) - 0.9)).toBeLessThan(0.02);
});

it("draws masks of other steps and streams independently, and the same one again", () => {
  const first = mask(0);
  for (const other of [mask(1), mask(0, 1)]) {
    const both = first.map((dropped, index) => dropped && other[index] === true);
    expect(Math.abs(share(both) - 0.25 ** 2)).toBeLessThan(0.01);
  }
  expect(mask(0)).toEqual(first);
});

it("with rate 0 is x", () => {
  expect(dropout(ones, { rate: 0, stream: 3 })).toBe(ones);
});
