import { product, productOp } from "../../ops/product.ts";
import type { Case, CaseList, Fill } from "../case.ts";
import { someInHalf } from "../kit/half.ts";
import { partCases, randomReduction, reductionCase, reductionCases, summed } from "../kit/reductions.ts";

// Near 1, so that long products stay numbers.
const options = { fill: { kind: "uniform", low: 0.8, high: 1.2 }, tolerance: summed } as const;
const values = (...list: number[]): Fill => ({ kind: "values", values: list });

const inFull: readonly Case[] = [
  ...reductionCases(product, options),
  ...partCases(productOp, (part) => part, options),
  reductionCase("a zero", [5], product, { fill: values(2, -3, 0, 1.5, 0.5) }),
  reductionCase("two zeros", [5], product, { fill: values(2, 0, -1, 0, 0.5) }),
  reductionCase("three zeros", [2, 4], (x) => product(x, { axes: 1 }), {
    fill: values(0, 0, 0, 2, 1, 0, 3, 4),
  }),
  reductionCase("zeros in columns", [4, 3], (x) => product(x, { axes: 0 }), {
    fill: values(0, 1, 2, 3, 0, 1, 2, 3, 1, 1, 0, -2),
  }),
  reductionCase("zeros on axes apart", [2, 2, 2], (x) => product(x, { axes: [0, 2] }), {
    fill: values(0, 1, 2, 3, 0, 1.5, 2, -1),
  }),
];

export const cases: CaseList = {
  op: "product",
  cases: [...inFull, ...someInHalf(inFull, ["rows", "columns of whole vectors"])],
  random: (draw) => randomReduction(draw, product, options),
};
