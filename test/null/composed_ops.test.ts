import { describe, expect, it } from "vitest";
import { gradient } from "../../src/autograd/gradient.ts";
import { constantTensor } from "../../src/graph/leaves.ts";
import type { Tensor } from "../../src/graph/tensor.ts";
import { accuracy } from "../../src/ops/accuracy.ts";
import { argmax } from "../../src/ops/argmax.ts";
import { max } from "../../src/ops/max.ts";
import { mean } from "../../src/ops/mean.ts";
import { norm } from "../../src/ops/norm.ts";
import { product } from "../../src/ops/product.ts";
import { softmax } from "../../src/ops/softmax.ts";
import { standardDeviation } from "../../src/ops/standardDeviation.ts";
import { sum } from "../../src/ops/sum.ts";
import { variance } from "../../src/ops/variance.ts";
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

describe("variance", () => {
  it("divides by n − 1, or by n less any correction", () => {
    const x = f32([4], 1, 2, 3, 6);
    expect(valuesOf(variance(x))[0]).toBeCloseTo(14 / 3);
    expect(valuesOf(variance(x, { correction: 0, keepDims: true }))).toEqual([3.5]);
  });

  it("of axes apart is that of all their elements", () => {
    const x = f32([2, 2, 2], 1, 9, 2, 8, 3, 7, 4, 5);
    const [first = 0, second = 0] = valuesOf(variance(x, { axes: [0, 2], correction: 0 }));
    expect([first, second]).toEqual([10, 4.6875]);
  });

  it("of no more elements than the correction is refused", () => {
    expect(() => variance(f32([1], 5))).toThrow("variance: there is nothing left to divide by");
  });
});

describe("at zero", () => {
  const zeros = f32([3], 0, 0, 0);

  it.each([1, 2, Infinity])("the norm of order %d has gradient 0", (order) => {
    const [dx] = gradient(norm(zeros, { order }), [zeros]);
    expect(dx && valuesOf(dx).map(Math.abs)).toEqual([0, 0, 0]);
  });

  it("the standard deviation has gradient 0", () => {
    const [dx] = gradient(standardDeviation(zeros), [zeros]);
    expect(dx && valuesOf(dx).map(Math.abs)).toEqual([0, 0, 0]);
  });

  it("a product's gradient is the product of the others", () => {
    const x = f32([3], 2, 0, 5);
    const [dx] = gradient(product(x), [x]);
    expect(dx && valuesOf(dx)).toEqual([0, 10, 0]);
  });
});

describe("wrong options", () => {
  it("name the op", () => {
    expect(() => norm(f32([1], 1), { order: 3 })).toThrow("norm: there is no such order");
    expect(() => softmax(f32([1], 1), { axis: 1 })).toThrow("softmax: there is no such axis");
    expect(() => argmax(f32([], 1))).toThrow("argmax: a scalar has no axis to search");
  });
});
