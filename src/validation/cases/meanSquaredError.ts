import { meanSquaredError } from "../../ops/meanSquaredError.ts";
import type { CaseList } from "../case.ts";
import { pairCase, reductions } from "../kit/losses.ts";
import { anyShape } from "../kit/shapes.ts";

const fills = [{ kind: "normal" }, { kind: "normal" }] as const;

export const cases: CaseList = {
  op: "meanSquaredError",
  cases: reductions.map((reduction) =>
    pairCase(
      reduction,
      [
        [5, 7],
        [5, 7],
      ],
      fills,
      (a, b) => meanSquaredError(a, b, { reduction }),
    ),
  ),
  random: (draw) => {
    const shape = anyShape(draw);
    return pairCase("any", [shape, shape], fills, (a, b) => meanSquaredError(a, b, { reduction: "none" }));
  },
};
