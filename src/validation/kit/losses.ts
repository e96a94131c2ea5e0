import type { Tensor } from "../../graph/tensor.ts";
import type { Shape } from "../../kernels/types.ts";
import type { Case, CaseInput, Draw, Fill } from "../case.ts";
import { broadcastPairs, need } from "./shapes.ts";

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

/** A shape of up to three axes. */
export function drawShape(draw: Draw): Shape {
  return Array.from({ length: draw.integer(0, 3) }, () => draw.integer(1, 9));
}

export const reductions = ["none", "mean", "sum"] as const;
