import { constantTensor } from "../../graph/leaves.ts";
import { cosineEmbedding } from "../../ops/cosineSimilarity.ts";
import type { CaseList } from "../case.ts";
import { pairCase, reductions } from "../kit/losses.ts";

const fills = [{ kind: "normal" }, { kind: "normal" }] as const;
const labels = (pairs: number) =>
  constantTensor(
    Float32Array.from({ length: pairs }, (_, pair) => (pair % 3 === 0 ? 1 : -1)),
    { shape: [pairs], dtype: "f32" },
  );

export const cases: CaseList = {
  op: "cosineEmbedding",
  cases: reductions.map((reduction) =>
    pairCase(
      reduction,
      [
        [8, 3],
        [8, 3],
      ],
      fills,
      (a, b) => cosineEmbedding(a, b, labels(8), { margin: 0.1, reduction }),
    ),
  ),
  random: (draw) => {
    const pairs = draw.integer(1, 9);
    const shape = [pairs, draw.integer(2, 9)];
    return pairCase("any", [shape, shape], fills, (a, b) => cosineEmbedding(a, b, labels(pairs)));
  },
};
