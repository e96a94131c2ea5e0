import { cosineDistance, cosineSimilarity } from "../../ops/cosineSimilarity.ts";
import type { CaseList } from "../case.ts";
import { pairCase } from "../kit/losses.ts";

const fills = [{ kind: "normal" }, { kind: "normal" }] as const;
const zeros = { kind: "values", values: Array<number>(6).fill(0) } as const;

export const cases: CaseList = {
  op: "cosineSimilarity",
  cases: [
    pairCase("a vector", [[5], [5]], fills, (a, b) => cosineSimilarity(a, b)),
    pairCase(
      "rows",
      [
        [7, 4],
        [7, 4],
      ],
      fills,
      (a, b) => cosineSimilarity(a, b),
    ),
    pairCase(
      "the middle axis",
      [
        [3, 5, 2],
        [3, 5, 2],
      ],
      fills,
      (a, b) => cosineSimilarity(a, b, { axis: 1 }),
    ),
    pairCase(
      "distance",
      [
        [7, 4],
        [7, 4],
      ],
      fills,
      (a, b) => cosineDistance(a, b),
    ),
    {
      ...pairCase(
        "zeros",
        [
          [2, 3],
          [2, 3],
        ],
        [zeros, { kind: "normal" }],
        (a, b) => cosineSimilarity(a, b),
      ),
      gradient: "skip: not differentiable",
    },
  ],
  random: (draw) => {
    const shape = [draw.integer(1, 9), draw.integer(2, 9)];
    return pairCase("any", [shape, shape], fills, (a, b) => cosineSimilarity(a, b));
  },
};
