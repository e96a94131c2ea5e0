import type { Tensor } from "../../graph/tensor.ts";
import type { Case, CaseList, Fill } from "../case.ts";
import { binary, need } from "./shapes.ts";

/** Few different numbers, so that many are equal. */
const few: Fill = { kind: "indices", below: 3 };

/** What comparisons get wrong: zeros of either sign, the smallest subnormal, infinities, NaN. */
export const oddNumbers: readonly number[] = [
  0,
  -0,
  2 ** -149,
  -(2 ** -149),
  1,
  -1,
  1 + 2 ** -23,
  3e38,
  -3e38,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
  Number.NaN,
];

/** Every pair of odd numbers: a column against a row. */
export function oddPairs(apply: (a: Tensor, b: Tensor) => Tensor): Case {
  const fill: Fill = { kind: "values", values: oddNumbers };
  const count = oddNumbers.length;
  return {
    name: "odd numbers",
    inputs: [
      { shape: [count, 1], fill },
      { shape: [count], fill },
    ],
    build: ([a, b]) => apply(need(a), need(b)),
    tolerance: { kind: "exact" },
    gradient: "skip: not differentiable",
  };
}

/** Cases of a comparison: pairs of shapes that broadcast, and all pairs of odd numbers. */
export function comparison(op: string, apply: (a: Tensor, b: Tensor) => Tensor): CaseList {
  const given = { tolerance: { kind: "exact" }, gradient: "skip: not differentiable" } as const;
  const list = binary(op, apply, [few, few], given);
  return { ...list, cases: [...list.cases, oddPairs(apply)] };
}
