import { randomPermutation } from "../../ops/randomPermutation.ts";
import type { Case, CaseList } from "../case.ts";

const permutation = (count: number, stream = 0): Case => ({
  name: `${count} places`,
  inputs: [],
  build: () => randomPermutation(count, { stream }),
  gradient: "skip: not differentiable",
});

export const cases: CaseList = {
  op: "randomPermutation",
  cases: [
    ...[1, 2, 3, 4, 5, 17, 64, 257, 1031, 4096, 4097, 60_000].map((count) => permutation(count)),
    {
      ...permutation(1000, 0xffffffff),
      step: { index: 4_000_000_000, seedLow: 0xffffffff, seedHigh: 1 },
    },
  ],
  random: (draw) => permutation(draw.integer(1, 100), draw.integer(0, 9)),
};
