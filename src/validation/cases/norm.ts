import { norm, normOp } from "../../ops/norm.ts";
import type { Case, CaseList } from "../case.ts";
import { valuesCase } from "../kit/extremes.ts";
import { someInHalf } from "../kit/half.ts";
import {
  exact,
  partCases,
  randomReduction,
  reductionCase,
  reductionCases,
  summed,
} from "../kit/reductions.ts";

const orders = [1, 2, Number.POSITIVE_INFINITY] as const;

const optionsOf = (order: number) =>
  order === Number.POSITIVE_INFINITY ? ({ tolerance: exact } as const) : ({ tolerance: summed } as const);

function casesOf(order: number): Case[] {
  const options = optionsOf(order);
  const all = [
    ...reductionCases((x, axes) => norm(x, { order, ...axes }), options),
    ...partCases(normOp, (part) => ({ ...part, order }), options),
    valuesCase("a NaN", [1, -2, Number.NaN, 4, 5], (x) => norm(x, { order })),
    valuesCase("an infinity", [1, Number.NEGATIVE_INFINITY, 3], (x) => norm(x, { order })),
  ];
  return [...all, ...someInHalf(all, ["rows", "columns of whole vectors"])].map((given) => ({
    ...given,
    name: `order ${order}, ${given.name}`,
  }));
}

export const cases: CaseList = {
  op: "norm",
  cases: [
    ...orders.flatMap(casesOf),
    valuesCase("order 1, huge", [1e38, -1e38, 1e38], (x) => norm(x, { order: 1 })),
    {
      // Squares of these are no f32; relative, since the absolute part of the tolerance hides the small.
      ...reductionCase("order 2, huge and tiny", [6, 4], (x) => norm(x, { axes: 1 }), {
        tolerance: summed,
        gradient: "skip: not differentiable",
      }),
      inputs: [
        {
          shape: [6, 4],
          fill: {
            kind: "values",
            values: [
              ...[3e38, 0, 0, 0, 1e38, -1e38, 1e38, 1e37],
              ...[1e-25, 2e-25, -2e-25, 0, 1e-22, 1e-26, 1e-24, 0],
              ...[16384, 16383.5, -100, 3, 1e19, -1e19, 1, 1e-10],
            ],
          },
        },
      ],
    },
    valuesCase("order 2, zeros", [0, -0, 0], norm),
  ],
  random: (draw) => {
    const order = draw.pick(orders);
    const given = randomReduction(draw, (x, options) => norm(x, { order, ...options }), optionsOf(order));
    return { ...given, name: `order ${order}, ${given.name}` };
  },
};
