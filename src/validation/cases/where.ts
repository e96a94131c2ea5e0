import type { Shape } from "../../kernels/types.ts";
import { formatShape } from "../../kernels/types.ts";
import { where } from "../../ops/where.ts";
import type { Case, CaseList, Fill } from "../case.ts";
import { oddNumbers } from "../kit/comparisons.ts";
import { anyOperands, need } from "../kit/shapes.ts";

/** 0 or 1: a central difference must not change the choice, so the condition is an exact copy of its input's integers. */
function whereCase(name: string, condition: Shape, a: Shape, b: Shape, fill?: Fill): Case {
  return {
    name,
    inputs: [
      { shape: condition, dtype: "f32", fill: fill ?? { kind: "indices", below: 2 } },
      { shape: a },
      { shape: b },
    ],
    build: ([mask, left, right]) => where(need(mask), need(left), need(right)),
    tolerance: { kind: "exact" },
  };
}

export const cases: CaseList = {
  op: "where",
  cases: [
    whereCase("scalars", [], [], []),
    whereCase("same", [7, 11], [7, 11], [7, 11]),
    whereCase("a condition a row", [6, 1], [6, 5], [6, 5]),
    whereCase("scalars to choose from", [257], [], [1]),
    whereCase("rows of whole vectors", [5, 8], [8], [5, 8]),
    whereCase("all repeat", [4, 1, 3], [5, 1], [3]),
    {
      ...whereCase("odd conditions", [oddNumbers.length], [oddNumbers.length], [1], {
        kind: "values",
        values: oddNumbers,
      }),
      gradient: "skip: not differentiable",
    },
    {
      name: "what is not chosen stays out",
      inputs: [
        { shape: [4], dtype: "f32", fill: { kind: "values", values: [1, 0, 1, 0] } },
        { shape: [4], fill: { kind: "values", values: [1, Number.NaN, 3, Number.POSITIVE_INFINITY] } },
        { shape: [4], fill: { kind: "values", values: [Number.NaN, 6, Number.NEGATIVE_INFINITY, 8] } },
      ],
      build: ([mask, left, right]) => where(need(mask), need(left), need(right)),
      tolerance: { kind: "exact" },
      gradient: "skip: not differentiable",
    },
  ],
  random: (draw) => {
    const shapes = anyOperands(draw, 3);
    const [condition = [], a = [], b = []] = shapes;
    return whereCase(`random ${shapes.map(formatShape).join(" ")}`, condition, a, b);
  },
};
