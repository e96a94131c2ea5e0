import { momentParts } from "../../ops/momentParts.ts";
import { partsFor } from "../../ops/normalisation.ts";
import type { Case, CaseList } from "../case.ts";
import { someInHalf } from "../kit/half.ts";
import { groupedCases, halfGrouped, inputOf } from "../kit/normalisations.ts";
import { need } from "../kit/shapes.ts";

const inFull = groupedCases.map(
  (given): Case => ({
    name: given.name,
    inputs: [inputOf(given)],
    build: ([x]) => momentParts(need(x), partsFor(given.shape)),
    tolerance: { kind: "elementwise" },
    gradient: "skip: not differentiable",
  }),
);

export const cases: CaseList = {
  op: "momentParts",
  cases: [...inFull, ...someInHalf(inFull, halfGrouped)],
  random: (draw) => {
    const [parts, length] = [draw.integer(1, 9), draw.integer(1, 40)];
    const shape = [draw.integer(1, 3), parts * length, draw.integer(1, 13)];
    return {
      name: `[${shape.join(", ")}] in ${parts} parts`,
      inputs: [{ shape }],
      build: ([x]) => momentParts(need(x), parts),
      gradient: "skip: not differentiable",
    };
  },
};
