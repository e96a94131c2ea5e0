import { absoluteError } from "../../ops/absoluteError.ts";
import type { CaseList } from "../case.ts";
import { apart, drawShape, pairCase, pairCases } from "../kit/losses.ts";

export const cases: CaseList = {
  op: "absoluteError",
  cases: pairCases(apart, absoluteError),
  random: (draw) => {
    const shape = drawShape(draw);
    return pairCase("any", [shape, draw.pick([shape, []])], apart, absoluteError);
  },
};
