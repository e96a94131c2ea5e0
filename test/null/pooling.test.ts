/** Poolings and resizes against results worked out by hand, or as other libraries' documentation prints them. */
import { describe, expect, it } from "vitest";
import { gradient } from "../../src/autograd/gradient.ts";
import {
  adaptiveAveragePool2d,
  globalMaxPool2d,
  maxPool2d,
  mul,
  resizeBilinear,
  resizeNearest,
  sum,
} from "../../src/functions.ts";
import { constantTensor } from "../../src/graph/leaves.ts";
import type { Tensor } from "../../src/graph/tensor.ts";
import * as nn from "../../src/nn/index.ts";
import { adaptiveAveragePool1d, averagePool1d, maxPool1d } from "../../src/ops/pooling_1d.ts";
import { evaluateOnCpu } from "../../src/reference/executor.ts";

const f32 = (shape: readonly number[], ...values: number[]) =>
  constantTensor(Float32Array.from(values), { shape, dtype: "f32" });
const valuesOf = (tensor: Tensor) => evaluateOnCpu([tensor]).flatMap((data) => [...data]);
const rounded = (tensor: Tensor) => valuesOf(tensor).map((value) => Math.round(value * 1e4) / 1e4);

describe("average pooling", () => {
  const x = f32([1, 6, 1], 1, 2, 3, 4, 5, 6);
  const options = { size: 3, stride: 2, padding: 1 };

  it("leaves padding out of the mean, or counts it as zeros", () => {
    expect(valuesOf(averagePool1d(x, options))).toEqual([1.5, 3, 5]);
    expect(valuesOf(averagePool1d(x, { ...options, countIncludePad: true }))).toEqual([1, 3, 5]);
  });

  it("counts padding, but nothing past it, in a last window that ceilMode adds", () => {
    const ceiled = { ...options, ceilMode: true };
    expect(valuesOf(averagePool1d(x, ceiled))).toEqual([1.5, 3, 5, 6]);
    expect(valuesOf(averagePool1d(x, { ...ceiled, countIncludePad: true }))).toEqual([1, 3, 5, 3]);
  });
});

describe("ceilMode", () => {
  const shapeOf = (height: number, size: number, stride: number, padding: number) =>
    maxPool2d(f32([1, height, 1, 1], ...Array(height).fill(0)), {
      size: [size, 1],
      stride: [stride, 1],
      padding: [padding, 0],
      ceilMode: true,
    }).shape[1];

  it("adds a window that begins inside, none that begins in the padding behind", () => {
    expect(shapeOf(5, 2, 2, 0)).toBe(3);
    expect(shapeOf(5, 2, 2, 1)).toBe(3);
    expect(shapeOf(6, 3, 2, 1)).toBe(4);
    expect(shapeOf(6, 2, 2, 0)).toBe(3);
    expect(shapeOf(1, 2, 2, 0)).toBe(1);
  });
});

describe("adaptive pooling", () => {
  it("lets neighbouring bins share a place", () => {
    const x = f32([1, 5, 1], 1, 2, 3, 4, 5);
    expect(valuesOf(adaptiveAveragePool1d(x, 2))).toEqual([2, 4]);
    expect(valuesOf(adaptiveAveragePool1d(x, 3))).toEqual([1.5, 3, 4.5]);
  });

  it("says what is wrong with an output size", () => {
    expect(() => adaptiveAveragePool2d(f32([1, 1, 1, 1], 1), 0)).toThrow("positive integer");
  });
});

describe("pooling in one dimension", () => {
  it("takes the padding before and after apart", () => {
    const x = f32([1, 4, 1], 4, 1, 2, 3);
    expect(valuesOf(maxPool1d(x, { size: 2, padding: [1, 1] }))).toEqual([4, 2, 3]);
    expect(valuesOf(maxPool1d(x, { size: 2, padding: [0, 1], stride: 1 }))).toEqual([4, 2, 3, 3]);
  });

  it("wants three axes", () => {
    expect(() => maxPool1d(f32([2, 2], 1, 2, 3, 4), { size: 2 })).toThrow("3 axes");
  });
});

it("shares the gradient of a global maximum among equals", () => {
  const x = f32([1, 2, 2, 1], 3, 1, 3, 2);
  const [dx] = gradient(sum(globalMaxPool2d(x)), [x]);
  expect(dx && valuesOf(dx)).toEqual([0.5, 0, 0.5, 0]);
});

describe("resizing", () => {
  const square = f32([1, 2, 2, 1], 1, 2, 3, 4);

  it("is bilinear between pixel centres, or between corners", () => {
    expect(rounded(resizeBilinear(square, { scale: 2 }))).toEqual([
      1, 1.25, 1.75, 2, 1.5, 1.75, 2.25, 2.5, 2.5, 2.75, 3.25, 3.5, 3, 3.25, 3.75, 4,
    ]);
    expect(rounded(resizeBilinear(square, { size: [1, 4], alignCorners: true }))).toEqual([
      1, 1.3333, 1.6667, 2,
    ]);
    expect(rounded(resizeBilinear(square, { size: [1, 4], halfPixelCenters: false }))).toEqual([
      1, 1.5, 2, 2,
    ]);
  });

  it("takes the nearest centre, the nearest corner, or the place rounded down", () => {
    const row = f32([1, 1, 5, 1], 0, 1, 2, 3, 4);
    expect(valuesOf(resizeNearest(row, { size: [1, 3] }))).toEqual([0, 2, 4]);
    expect(valuesOf(resizeNearest(row, { size: [1, 3], halfPixelCenters: false }))).toEqual([0, 1, 3]);
    expect(valuesOf(resizeNearest(row, { size: [1, 4], alignCorners: true }))).toEqual([0, 1, 3, 4]);
  });

  it("gives each pixel the weight with which it was read", () => {
    const weights = f32([1, 1, 4, 1], 1, 10, 100, 1000);
    const x = f32([1, 1, 2, 1], 5, 7);
    const [dx] = gradient(sum(mul(resizeBilinear(x, { size: [1, 4] }), weights)), [x]);
    expect(dx && rounded(dx)).toEqual([1 + 7.5 + 25, 2.5 + 75 + 1000]);
  });

  it("wants one of size and scale, and one rule of places", () => {
    expect(() => resizeNearest(square, {})).toThrow("neither");
    expect(() => resizeNearest(square, { size: 2, scale: 2 })).toThrow("both");
    expect(() => resizeNearest(square, { scale: 0.1 })).toThrow("no size of an image");
    expect(() => resizeNearest(square, { size: 2, alignCorners: true, halfPixelCenters: true })).toThrow(
      "exclude each other",
    );
  });
});

describe("layers", () => {
  const shapeAfter = (layer: nn.Module, shape: readonly number[]) => {
    const model = nn.sequential([layer]);
    model.build(shape);
    return model.outputShape;
  };

  it("know their outputs' shapes", () => {
    const image = [7, 9, 3];
    expect(shapeAfter(nn.maxPool2d({ size: 2, ceilMode: true }), image)).toEqual([4, 5, 3]);
    expect(shapeAfter(nn.averagePool2d({ size: 3, stride: 1, countIncludePad: true }), image)).toEqual([
      5, 7, 3,
    ]);
    expect(shapeAfter(nn.adaptiveAveragePool2d([2, 4]), image)).toEqual([2, 4, 3]);
    expect(shapeAfter(nn.adaptiveMaxPool2d(2), image)).toEqual([2, 2, 3]);
    expect(shapeAfter(nn.globalAveragePool2d(), image)).toEqual([3]);
    expect(shapeAfter(nn.globalMaxPool2d({ keepDims: true }), image)).toEqual([1, 1, 3]);
    expect(shapeAfter(nn.upsample2d(), image)).toEqual([14, 18, 3]);
    expect(shapeAfter(nn.upsample2d({ size: [5, 5], method: "bilinear" }), image)).toEqual([5, 5, 3]);
  });

  it("know those of one dimension", () => {
    const sequence = [10, 3];
    expect(shapeAfter(nn.maxPool1d(2), sequence)).toEqual([5, 3]);
    expect(shapeAfter(nn.averagePool1d({ size: 3, stride: 2 }), sequence)).toEqual([4, 3]);
    expect(shapeAfter(nn.adaptiveAveragePool1d(3), sequence)).toEqual([3, 3]);
    expect(shapeAfter(nn.adaptiveMaxPool1d(3), sequence)).toEqual([3, 3]);
    expect(shapeAfter(nn.globalAveragePool1d(), sequence)).toEqual([3]);
    expect(shapeAfter(nn.globalMaxPool1d(), sequence)).toEqual([3]);
  });
});
