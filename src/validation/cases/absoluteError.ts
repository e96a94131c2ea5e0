import { absoluteError } from "../../ops/absoluteError.ts";
import type { CaseList } from "../case.ts";
import { apart, pairCase, pairCases } from "../kit/losses.ts";
import { anyShape } from "../kit/shapes.ts";

export const cases: CaseList = {
  op: "absoluteError",
  cases: pairCases(apart, absoluteError),
  random: (draw) => {
    const shape = anyShape(draw);
    return pairCase("any", [shape, draw.pick([shape, []])], apart, absoluteError);
  },
};
