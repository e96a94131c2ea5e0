import { meanAbsoluteError } from "../../ops/meanAbsoluteError.ts";
import type { CaseList } from "../case.ts";
import { apart, drawShape, pairCase, reductions } from "../kit/losses.ts";

export const cases: CaseList = {
  op: "meanAbsoluteError",
  cases: reductions.map((reduction) =>
    pairCase(
      reduction,
      [
        [5, 7],
        [5, 7],
      ],
      apart,
      (a, b) => meanAbsoluteError(a, b, { reduction }),
    ),
  ),
  random: (draw) => {
    const shape = drawShape(draw);
    return pairCase("any", [shape, shape], apart, (a, b) => meanAbsoluteError(a, b, { reduction: "none" }));
  },
};
