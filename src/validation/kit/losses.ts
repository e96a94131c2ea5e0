import type { Tensor } from "../../graph/tensor.ts";
import type { Shape } from "../../kernels/types.ts";
import type { Case, CaseInput, CaseList, Fill } from "../case.ts";
import { anyShape, broadcastPairs, need } from "./shapes.ts";

/** Predictions that stay away from targets near 0, and from the sum of those and multiples of 1/64 plus a half. */
export const apart: readonly [Fill, Fill] = [
  { kind: "distinct" },
  { kind: "uniform", low: -1 / 256, high: 1 / 256 },
];

/** Cases of a function of two tensors that broadcast. */
export function pairCases(fills: readonly [Fill, Fill], apply: (a: Tensor, b: Tensor) => Tensor): Case[] {
  return broadcastPairs.map(([name, a, b]) => pairCase(name, [a, b], fills, apply));
}

export function pairCase(
  name: string,
  [a, b]: readonly [Shape, Shape],
  [fillA, fillB]: readonly [Fill, Fill],
  apply: (a: Tensor, b: Tensor) => Tensor,
): Case {
  const inputs: readonly CaseInput[] = [
    { shape: a, fill: fillA },
    { shape: b, fill: fillB },
  ];
  return { name, inputs, build: ([x, y]) => apply(need(x), need(y)) };
}

export const reductions = ["none", "mean", "sum"] as const;

/** Between the distances that the fills give. */
const threshold = 10.5 / 64;

const values = (...list: number[]): Fill => ({ kind: "values", values: list });

/** Cases of an op of two tensors that takes another form where they are further apart than a threshold. */
export function thresholdCases(op: string, apply: (a: Tensor, b: Tensor, delta: number) => Tensor): CaseList {
  const usual = (a: Tensor, b: Tensor) => apply(a, b, threshold);
  const far: readonly [Fill, Fill] = [
    values(1e30, -3e38, 1e-30, 5, 0.25, Number.NaN),
    values(-1, 2, 0, 5, 0.25 - threshold, 1),
  ];
  const extremes = pairCase("far apart and NaN", [[6], [6]], far, usual);
  return {
    op,
    cases: [...pairCases(apart, usual), { ...extremes, gradient: "skip: not differentiable" }],
    random: (draw) => {
      const shape = anyShape(draw);
      const delta = (draw.integer(0, 20) + 0.5) / 64;
      return pairCase("any", [shape, draw.pick([shape, []])], apart, (a, b) => apply(a, b, delta));
    },
  };
}
