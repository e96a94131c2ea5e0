import { weightNorm } from "../../ops/weightNorm.ts";
import type { Case, CaseList } from "../case.ts";
import { equal } from "../kit/normalisations.ts";
import { need } from "../kit/shapes.ts";

const weightCase = (name: string, shape: readonly number[]): Case => ({
  name,
  inputs: [{ shape }, { shape: shape.slice(-1) }],
  build: ([direction, magnitude]) => weightNorm(need(direction), need(magnitude)),
});

export const cases: CaseList = {
  op: "weightNorm",
  cases: [
    weightCase("one element", [1, 1]),
    weightCase("weights", [7, 5]),
    weightCase("filters", [3, 2, 4, 8]),
    {
      name: "a direction of zeros",
      inputs: [{ shape: [3, 4], fill: equal(12, 0) }, { shape: [4] }],
      build: ([direction, magnitude]) => weightNorm(need(direction), need(magnitude)),
      gradient: "skip: not differentiable",
    },
  ],
  random: (draw) => {
    const shape = [draw.integer(1, 5), draw.integer(1, 5), draw.integer(1, 9)];
    return weightCase(`[${shape.join(", ")}]`, shape);
  },
};
