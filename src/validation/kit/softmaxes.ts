import type { Tensor } from "../../graph/tensor.ts";
import type { Shape } from "../../kernels/types.ts";
import type { SoftmaxOptions } from "../../ops/softmax_family.ts";
import type { Case, Draw } from "../case.ts";
import { valuesCase } from "./extremes.ts";
import { someInHalf } from "./half.ts";
import { randomAxis } from "./reductions.ts";
import { unaryCase } from "./shapes.ts";

type Apply = (x: Tensor, options?: SoftmaxOptions) => Tensor;

const shapes: readonly (readonly [name: string, shape: Shape, axis: number])[] = [
  ["one element", [1], -1],
  ["one column", [5, 1], -1],
  ["ten classes", [7, 10], -1],
  ["primes", [67, 13], -1],
  ["more than two axes", [2, 3, 5], -1],
  ["the first axis", [13, 5], 0],
  ["the middle", [2, 9, 4], 1],
  ["many lines of whole vectors", [3, 5, 68], 1],
  ["many rows of whole vectors", [131, 12], -1],
  ["a workgroup's stride", [3, 256], -1],
  ["a workgroup's stride + 1", [2, 257], -1],
];

const fill = { kind: "normal", scale: 3 } as const;

const halfNames = ["ten classes", "the middle", "many rows of whole vectors", "a workgroup's stride + 1"];

/** Softmax or its logarithm over rows and columns, and where powers alone would overflow. */
export function softmaxCases(softmax: Apply): Case[] {
  const inFull = shapes.map(([name, shape, axis]) =>
    unaryCase(name, shape, (x) => softmax(x, { axis }), fill),
  );
  return [
    ...inFull,
    ...someInHalf(inFull, halfNames),
    { ...unaryCase("a long row", [3, 1031], softmax, fill), gradient: "skip: large" },
    valuesCase("far apart", [3e38, -3e37, 0, 88, 1e4], softmax),
    valuesCase("all huge", [3e38, 3e38, 3e38], softmax),
    valuesCase("all hugely negative", [-3e38, -3e38, -1e4 - 3e38], softmax),
    valuesCase(
      "whole vectors far apart",
      [3e38, -3e37, 0, 88, 1e4, 3e38, 1, Number.NEGATIVE_INFINITY],
      softmax,
    ),
    valuesCase("masked by −∞", [1, Number.NEGATIVE_INFINITY, 2, Number.NEGATIVE_INFINITY, 0.5], softmax),
    valuesCase("a NaN", [1, Number.NaN, 2, 3, 4, 5], softmax),
  ];
}

export function randomSoftmax(draw: Draw, softmax: Apply): Case {
  const { shape, axis } = randomAxis(draw);
  const name = `[${shape.join(", ")}] along ${axis}`;
  return unaryCase(name, shape, (x) => softmax(x, { axis }), fill);
}
