import type { Tensor } from "../../graph/tensor.ts";
import { klDivergence } from "../../ops/klDivergence.ts";
import type { CaseList, Fill } from "../case.ts";
import { pairCase, reductions } from "../kit/losses.ts";
import { anyShape } from "../kit/shapes.ts";

const logs: Fill = { kind: "uniform", low: -6, high: 0 };
const shares: Fill = { kind: "uniform", low: 0.05, high: 1 };
const elements = (a: Tensor, b: Tensor) => klDivergence(a, b, { reduction: "none" });

export const cases: CaseList = {
  op: "klDivergence",
  cases: [
    ...[...reductions, "batchMean" as const].map((reduction) =>
      pairCase(
        reduction,
        [
          [5, 7],
          [5, 7],
        ],
        [logs, shares],
        (a, b) => klDivergence(a, b, { reduction }),
      ),
    ),
    pairCase(
      "logarithms",
      [
        [6, 5],
        [6, 5],
      ],
      [logs, logs],
      (a, b) => klDivergence(a, b, { logTarget: true }),
    ),
    {
      ...pairCase(
        "targets of 0 and extremes",
        [[6], [6]],
        [
          { kind: "values", values: [-3e38, 0, -104, -1e4, -1, -2] },
          { kind: "values", values: [0, 0, 1e-30, 1, 1, Number.NaN] },
        ],
        elements,
      ),
      gradient: "skip: not differentiable",
    },
  ],
  random: (draw) => {
    const shape = anyShape(draw);
    return pairCase("any", [shape, shape], [logs, shares], elements);
  },
};
