import type { Tensor } from "../../graph/tensor.ts";
import type { Shape } from "../../kernels/types.ts";
import { elementCount } from "../../kernels/types.ts";
import type { Case, CaseInput, Draw, Fill } from "../case.ts";
import { need } from "./shapes.ts";

/** x[batch, space, channels] and its groups of channels. */
export interface Grouped {
  readonly name: string;
  readonly shape: Shape;
  readonly groups: number;
  readonly fill?: Fill;
}

/** Far from 0 and close together: squares would cancel, and so would f32 sums. */
export const farAndClose = (count: number): Fill => ({
  kind: "values",
  values: Array.from({ length: count }, (_, index) => 1e4 + 1e-2 * Math.sin(1 + 3 * index)),
});

/** Equal elements, whose variance is 0. */
export const equal = (count: number, value = 0.1): Fill => ({
  kind: "values",
  values: Array.from({ length: count }, () => value),
});

/** One far from all others, and first: what is taken as the origin is nowhere near the mean. */
const outlier = (count: number): Fill => ({
  kind: "values",
  values: Array.from({ length: count }, (_, index) => (index === 0 ? 1000 : Math.sin(index))),
});

/** Channels that fill vectors or not, groups of one channel, of several, of all; one part and many. */
export const groupedCases: readonly Grouped[] = [
  { name: "one element", shape: [1, 1, 1], groups: 1 },
  { name: "one place", shape: [4, 1, 8], groups: 2 },
  { name: "two of the batch, primes", shape: [1, 37, 5], groups: 5 },
  { name: "a batch of whole vectors", shape: [1, 26, 8], groups: 8 },
  { name: "parts", shape: [1, 96, 4], groups: 4 },
  { name: "parts, odd channels", shape: [2, 66, 3], groups: 3 },
  { name: "instances", shape: [3, 16, 8], groups: 8 },
  { name: "groups", shape: [2, 10, 12], groups: 3 },
  { name: "groups of odd size", shape: [2, 9, 6], groups: 2 },
  { name: "one group", shape: [2, 7, 6], groups: 1 },
  { name: "equal elements", shape: [1, 9, 4], groups: 4, fill: equal(36) },
  { name: "far from 0 and close together", shape: [1, 64, 4], groups: 4, fill: farAndClose(256) },
  { name: "far and close, groups", shape: [2, 33, 6], groups: 2, fill: farAndClose(396) },
  { name: "an outlier at the start", shape: [1, 67, 3], groups: 1, fill: outlier(201) },
  { name: "many parts", shape: [1, 4104, 12], groups: 12 },
];

/** Rows: short, long, of whole vectors or not, more than a workgroup has invocations. */
export const rowCases: readonly { readonly name: string; readonly shape: Shape; readonly fill?: Fill }[] = [
  { name: "one element", shape: [1, 1] },
  { name: "one column", shape: [5, 1] },
  { name: "a vector", shape: [3, 4] },
  { name: "primes", shape: [67, 7] },
  { name: "whole vectors", shape: [9, 24] },
  { name: "equal elements", shape: [2, 12], fill: equal(24) },
  { name: "equal elements, odd", shape: [2, 7], fill: equal(14) },
  { name: "far from 0 and close together", shape: [3, 64], fill: farAndClose(192) },
  { name: "far and close, odd", shape: [3, 33], fill: farAndClose(99) },
  { name: "an outlier at the start", shape: [1, 131], fill: outlier(131) },
  { name: "a workgroup's stride + 1", shape: [2, 257] },
  { name: "long rows", shape: [3, 1028] },
];

/** Those of `groupedCases` that are there in f16 too: each kernel, groups or not, one part and many. */
export const halfGrouped = ["two of the batch, primes", "parts", "instances", "groups", "groups of odd size"];

/** Those of `rowCases` that are there in f16 too. */
export const halfRows = ["one column", "primes", "whole vectors", "a workgroup's stride + 1"];

/** Gradients by finite differences take too long beyond. */
export const large = (shape: Shape): Pick<Case, "gradient"> =>
  elementCount(shape) > 600 ? { gradient: "skip: large" } : {};

export const inputOf = ({ shape, fill }: { readonly shape: Shape; readonly fill?: Fill }): CaseInput => ({
  shape,
  ...(fill && { fill }),
});

/** γ and β, or fewer of them. */
export const vectors = (shape: Shape, count: number): CaseInput[] =>
  Array.from({ length: count }, () => ({ shape }));

/** Any small x of a batch, one or two axes of places, and channels. */
export function drawImages(draw: Draw): Shape {
  const axes = draw.integer(0, 2);
  const places = Array.from({ length: axes }, () => draw.integer(1, 9));
  return [draw.integer(1, 5), ...places, draw.integer(1, 13)];
}

/** A random case of a normalisation of the last axis's channels, with or without scale and bias. */
export function drawNormCase(
  draw: Draw,
  shape: Shape,
  apply: (x: Tensor, options: { scale?: Tensor; bias?: Tensor }) => Tensor,
): Case {
  const [scaled, moved] = [draw.integer(0, 1), draw.integer(0, 1)];
  return {
    name: `[${shape.join(", ")}]${scaled ? ", scale" : ""}${moved ? ", bias" : ""}`,
    inputs: [{ shape }, ...vectors([shape.at(-1) ?? 1], scaled + moved)],
    build: ([x, ...rest]) =>
      apply(need(x), {
        ...(scaled && { scale: need(rest[0]) }),
        ...(moved && { bias: need(rest.at(-1)) }),
      }),
  };
}
