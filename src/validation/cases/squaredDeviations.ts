import type { Tensor } from "../../graph/tensor.ts";
import { apply } from "../../graph/tensor.ts";
import type { ReduceOptions } from "../../ops/reduction.ts";
import { foldRuns } from "../../ops/reduction.ts";
import { squaredDeviationsOp } from "../../ops/squaredDeviations.ts";
import type { Case, CaseList, Fill, Tolerance } from "../case.ts";
import { someInHalf } from "../kit/half.ts";
import { partCases, randomReduction, reductionCase, reductionCases } from "../kit/reductions.ts";

/** Of the result itself, since all its terms are positive. */
const tolerance = (terms: number): Tolerance => ({ kind: "reduction", terms, magnitude: 1e-6 });
const options = { tolerance };

const deviations = (x: Tensor, axes: ReduceOptions): Tensor =>
  foldRuns("squaredDeviations", x, axes, (folded, run) => apply(squaredDeviationsOp, [folded], run));

const values = (...list: number[]): Fill => ({ kind: "values", values: list });

const inFull: readonly Case[] = [
  ...reductionCases(deviations, options),
  ...partCases(squaredDeviationsOp, (part) => part, options),
  reductionCase("a mean of 10,000", [2, 700], (x) => deviations(x, { axes: 1 }), {
    ...options,
    fill: { kind: "uniform", low: 9999, high: 10001 },
    // It is a distance from the mean, which f32 rounds to a thousandth here.
    gradient: "skip: not differentiable",
  }),
  reductionCase("the first far from all others", [9], (x) => deviations(x, {}), {
    ...options,
    fill: values(1e6, 1, 2, 3, 4, 5, 6, 7, 8),
    gradient: "skip: not differentiable",
  }),
  reductionCase("all equal", [2, 13], (x) => deviations(x, { axes: 1 }), {
    ...options,
    fill: values(...Array<number>(26).fill(1.1)),
  }),
];

export const cases: CaseList = {
  op: "squaredDeviations",
  cases: [...inFull, ...someInHalf(inFull, ["rows", "columns of whole vectors"])],
  random: (draw) => randomReduction(draw, deviations, options),
};
