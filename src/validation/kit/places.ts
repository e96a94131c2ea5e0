import type { Tensor } from "../../graph/tensor.ts";
import type { PlaceOptions } from "../../ops/extreme_places.ts";
import type { Case, CaseInput, Draw } from "../case.ts";
import { randomAxis } from "./reductions.ts";
import { need } from "./shapes.ts";

type Apply = (x: Tensor, options?: PlaceOptions) => Tensor;

const values = (...list: number[]): CaseInput => ({
  shape: [list.length],
  fill: { kind: "values", values: list },
});

const inputs: readonly (readonly [name: string, input: CaseInput, axis?: number])[] = [
  ["one element", { shape: [1] }],
  ["a vector", { shape: [7] }],
  ["ten classes", { shape: [67, 10] }],
  ["more than two axes", { shape: [3, 5, 4] }],
  ["the first axis", { shape: [13, 3] }, 0],
  ["the middle, whole vectors", { shape: [3, 11, 8] }, 1],
  ["a long row", { shape: [2, 1031] }],
  ["a long row of whole vectors", { shape: [2, 516] }],
  ["ties", { shape: [17, 6], dtype: "f32", fill: { kind: "indices", below: 3 } }],
  ["ties along columns", { shape: [41, 4], dtype: "f32", fill: { kind: "indices", below: 3 } }, 0],
  ["ties in a long row", { shape: [300], dtype: "f32", fill: { kind: "indices", below: 3 } }],
  ["all −∞", values(Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY)],
  ["all ∞", values(Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY)],
  ["0 and −0", values(-1, -0, 0)],
  ["−0 and 0", values(1, 0, -0)],
  ["NaN", values(1, Number.NaN, 3, Number.NaN)],
];

/** Searches of rows and columns with ties, infinities and NaN. */
export function placeCases(search: Apply): Case[] {
  return inputs.map(([name, input, axis]) => ({
    name,
    inputs: [input],
    build: ([x]) => search(need(x), axis === undefined ? {} : { axis }),
    gradient: "skip: not differentiable",
  }));
}

export function randomPlaces(draw: Draw, search: Apply): Case {
  const { shape, axis } = randomAxis(draw);
  const keepDims = draw.integer(0, 1) === 1;
  return {
    name: `[${shape.join(", ")}] along ${axis}${keepDims ? ", kept" : ""}`,
    inputs: [{ shape, dtype: "f32", fill: { kind: "indices", below: draw.integer(1, 1000) } }],
    build: ([x]) => search(need(x), { axis, keepDims }),
    gradient: "skip: not differentiable",
  };
}
