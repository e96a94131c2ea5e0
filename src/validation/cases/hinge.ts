import { scalar } from "../../graph/leaves.ts";
import type { Tensor } from "../../graph/tensor.ts";
import { hinge, squaredHinge } from "../../ops/hinge.ts";
import { neg } from "../../ops/neg.ts";
import { positive } from "../../ops/positive.ts";
import { sub } from "../../ops/sub.ts";
import type { CaseList } from "../case.ts";
import { pairCase, reductions } from "../kit/losses.ts";
import { anyShape } from "../kit/shapes.ts";

/** The margin 1 lies between the predictions, multiples of 1/64 less an eighth of that. */
const fills = [{ kind: "distinct" }, { kind: "normal" }] as const;
const away = (x: Tensor) => sub(x, scalar(1 / 512));
/** −1 or 1. */
const sides = (x: Tensor) => sub(positive(x), positive(neg(x)));

export const cases: CaseList = {
  op: "hinge",
  cases: [
    ...reductions.map((reduction) =>
      pairCase(
        reduction,
        [
          [13, 17],
          [13, 17],
        ],
        fills,
        (a, b) => hinge(away(a), sides(b), { reduction }),
      ),
    ),
    pairCase(
      "squared",
      [
        [13, 17],
        [13, 17],
      ],
      fills,
      (a, b) => squaredHinge(away(a), sides(b)),
    ),
  ],
  random: (draw) => {
    const shape = anyShape(draw);
    return pairCase("any", [shape, shape], fills, (a, b) => hinge(away(a), sides(b), { reduction: "none" }));
  },
};
