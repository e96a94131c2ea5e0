import type { Shape } from "../../kernels/types.ts";
import { binaryCrossEntropyWithLogits } from "../../ops/binaryCrossEntropyWithLogits.ts";
import type { Case, CaseList, Fill } from "../case.ts";
import { reductions } from "../kit/losses.ts";
import { anyShape, elementwiseShapes, need } from "../kit/shapes.ts";

const shares: Fill = { kind: "uniform", low: 0, high: 1 };
const weights: Fill = { kind: "uniform", low: 0.5, high: 3 };

function weighted(
  name: string,
  shape: Shape,
  weight: Shape,
  logits: Fill = { kind: "normal", scale: 4 },
): Case {
  return {
    name,
    inputs: [
      { shape, fill: logits },
      { shape, fill: shares },
      { shape: weight, fill: weights },
    ],
    build: ([x, t, w]) =>
      binaryCrossEntropyWithLogits(need(x), need(t), { positiveWeight: need(w), reduction: "none" }),
  };
}

const far = [0, 1e-30, -1e-7, 9.015625, -9.015625, 88.75, -88.75, 104, -104, 3e38, -3e38, Number.NaN];

export const cases: CaseList = {
  op: "binaryCrossEntropyWithLogits",
  cases: [
    ...elementwiseShapes.map((shape) => weighted(shape.length === 0 ? "scalar" : shape.join(), shape, [])),
    weighted("a weight a class", [6, 8], [8]),
    weighted("a weight an example", [6, 5], [6, 1]),
    ...reductions.map(
      (reduction): Case => ({
        ...weighted(reduction, [4, 9], []),
        build: ([x, t]) => binaryCrossEntropyWithLogits(need(x), need(t), { positiveWeight: 2, reduction }),
      }),
    ),
    {
      name: "extremes",
      inputs: [
        { shape: [2, far.length], fill: { kind: "values", values: [...far, ...far] } },
        {
          shape: [2, far.length],
          fill: { kind: "values", values: [...far.map(() => 0), ...far.map(() => 1)] },
        },
      ],
      build: ([x, t]) => binaryCrossEntropyWithLogits(need(x), need(t), { reduction: "none" }),
      gradient: "skip: not differentiable",
    },
  ],
  random: (draw) => {
    const shape = anyShape(draw);
    return weighted("any", shape, draw.pick([[], shape]));
  },
};
