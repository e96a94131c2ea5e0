import { swish } from "../../ops/swish.ts";
import type { Case, CaseList } from "../case.ts";
import { binary, need } from "../kit/shapes.ts";

const list = binary("swish", swish, [
  { kind: "normal", scale: 3 },
  { kind: "uniform", low: -1, high: 2 },
]);

/** Products that overflow, exponentials that are no normal numbers, and infinities, which must not meet their 0. */
const extreme: Case = {
  name: "extremes",
  inputs: [
    {
      shape: [9],
      fill: { kind: "values", values: [3e38, -3e38, 1e20, -1e20, 90, -90, Number.NaN, Infinity, -Infinity] },
    },
    { shape: [4, 1], fill: { kind: "values", values: [1, -1e4, 3e-37, 0] } },
  ],
  build: ([x, beta]) => swish(need(x), need(beta)),
  gradient: "skip: not differentiable",
};

export const cases: CaseList = { ...list, cases: [...list.cases, extreme] };
