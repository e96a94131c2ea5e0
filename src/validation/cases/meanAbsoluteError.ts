import { meanAbsoluteError } from "../../ops/meanAbsoluteError.ts";
import type { CaseList } from "../case.ts";
import { apart, pairCase, reductions } from "../kit/losses.ts";
import { anyShape } from "../kit/shapes.ts";

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
    const shape = anyShape(draw);
    return pairCase("any", [shape, shape], apart, (a, b) => meanAbsoluteError(a, b, { reduction: "none" }));
  },
};
