import { momentsOf } from "../../ops/normalise.ts";
import type { Case, CaseList } from "../case.ts";
import type { Grouped } from "../kit/normalisations.ts";
import { groupedCases, inputOf } from "../kit/normalisations.ts";
import { need } from "../kit/shapes.ts";

const mergeCase = ({ groups, ...given }: Grouped): Case => ({
  name: given.name,
  inputs: [inputOf(given)],
  build: ([x]) => Object.values(momentsOf(need(x), { groups, epsilon: 1e-5 })),
  gradient: "skip: not differentiable",
});

export const cases: CaseList = {
  op: "mergeMoments",
  cases: groupedCases.map(mergeCase),
  random: (draw) => {
    const [groups, width] = [draw.integer(1, 5), draw.integer(1, 5)];
    const shape = [draw.integer(1, 3), draw.integer(1, 100), groups * width];
    return mergeCase({ name: `[${shape.join(", ")}], ${groups} groups`, shape, groups });
  },
};
