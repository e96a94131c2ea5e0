import { describe, expect, it } from "vitest";
import { gradient } from "../../src/autograd/gradient.ts";
import { constantTensor } from "../../src/graph/leaves.ts";
import type { Tensor } from "../../src/graph/tensor.ts";
import { accuracy } from "../../src/ops/accuracy.ts";
import { max } from "../../src/ops/max.ts";
import { mean } from "../../src/ops/mean.ts";
import { sum } from "../../src/ops/sum.ts";
import { evaluateOnCpu } from "../../src/reference/executor.ts";

const f32 = (shape: readonly number[], ...values: number[]) =>
  constantTensor(Float32Array.from(values), { shape, dtype: "f32" });
const labels = (...values: number[]) =>
  constantTensor(Uint32Array.from(values), { shape: [values.length], dtype: "u32" });
const valuesOf = (tensor: Tensor) => evaluateOnCpu([tensor]).flatMap((data) => [...data]);

describe("mean", () => {
  const x = f32([2, 4], 1, 2, 3, 4, 5, 6, 7, 8);

  it("takes all axes, or those given", () => {
    expect(valuesOf(mean(x))).toEqual([4.5]);
    expect(valuesOf(mean(x, { axes: -1 }))).toEqual([2.5, 6.5]);
    expect(mean(x, { axes: 0, keepDims: true }).shape).toEqual([1, 4]);
  });

  it("of no axes is x", () => {
    expect(mean(x, { axes: [] })).toBe(x);
  });

  it("shares its gradient among the elements", () => {
    const [dx] = gradient(mean(x), [x]);
    expect(dx && valuesOf(dx)).toEqual(Array(8).fill(1 / 8));
  });
});

describe("accuracy", () => {
  it("counts a label that is no class as wrong", () => {
    const logits = f32([4, 2], 1, 2, 2, 1, 1, 2, 2, 1);
    expect(valuesOf(accuracy(logits, labels(1, 1, 0xffffffff, 0)))).toEqual([0.5]);
  });
});

describe("max", () => {
  it("shares its gradient equally among equal largest elements", () => {
    const x = f32([2, 3], 1, 4, 4, 5, 2, 3);
    const [dx] = gradient(sum(max(x, { axes: 1 })), [x]);
    expect(dx && valuesOf(dx)).toEqual([0, 0.5, 0.5, 1, 0, 0]);
  });
});
