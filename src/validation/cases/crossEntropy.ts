import type { CrossEntropyOptions } from "../../ops/crossEntropy.ts";
import { crossEntropy } from "../../ops/crossEntropy.ts";
import { mul } from "../../ops/mul.ts";
import type { Case, CaseList, Draw } from "../case.ts";
import { pairCase, reductions } from "../kit/losses.ts";
import { need } from "../kit/shapes.ts";

const classWeights = [0.5, 2, 1, 0, 1.5];

function ofLabels(name: string, options: CrossEntropyOptions, rows: readonly number[] = [7]): Case {
  return {
    name,
    inputs: [
      { shape: [...rows, 5], fill: { kind: "normal", scale: 3 } },
      { shape: rows, fill: { kind: "indices", below: 6 } },
    ],
    build: ([logits, labels]) => crossEntropy(need(logits), need(labels), options),
  };
}

function ofShares(name: string, options: CrossEntropyOptions): Case {
  const fills = [
    { kind: "normal", scale: 3 },
    { kind: "uniform", low: 0, high: 0.4 },
  ] as const;
  return pairCase(
    name,
    [
      [4, 5],
      [4, 5],
    ],
    fills,
    (logits, shares) => crossEntropy(logits, shares, options),
  );
}

const everyOption = (draw: Draw): CrossEntropyOptions => ({
  reduction: draw.pick(reductions),
  labelSmoothing: draw.pick([0, 0.2]),
  classWeights: draw.pick([undefined, classWeights]),
  ignoreIndex: draw.pick([undefined, 1]),
});

export const cases: CaseList = {
  op: "crossEntropy",
  cases: [
    ...reductions.flatMap((reduction) => [
      ofLabels(reduction, { reduction }),
      ofLabels(`weighted, ${reduction}`, { reduction, classWeights, ignoreIndex: 1 }),
    ]),
    ofLabels("smoothed", { labelSmoothing: 0.2 }),
    ofLabels("pixels", { labelSmoothing: 0.1, classWeights, reduction: "none" }, [2, 3, 2]),
    ofShares("shares", {}),
    ofShares("smoothed and weighted shares", { labelSmoothing: 0.3, classWeights, reduction: "sum" }),
    {
      ...ofLabels("doubled logits", { ignoreIndex: 0 }),
      build: ([logits, labels]) =>
        crossEntropy(mul(need(logits), need(logits)), need(labels), { ignoreIndex: 0 }),
    },
  ],
  random: (draw) => ofLabels("any", everyOption(draw), [draw.integer(1, 9)]),
};
