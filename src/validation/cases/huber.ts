import { huber, smoothL1 } from "../../ops/huber.ts";
import type { CaseList } from "../case.ts";
import { apart, pairCase, reductions } from "../kit/losses.ts";
import { anyShape } from "../kit/shapes.ts";

export const cases: CaseList = {
  op: "huber",
  cases: [
    ...reductions.map((reduction) =>
      pairCase(
        reduction,
        [
          [5, 7],
          [5, 7],
        ],
        apart,
        (a, b) => huber(a, b, { delta: 10.5 / 64, reduction }),
      ),
    ),
    pairCase(
      "smooth",
      [
        [3, 9],
        [3, 9],
      ],
      apart,
      (a, b) => smoothL1(a, b, { beta: 5.5 / 64 }),
    ),
    pairCase("no parabola", [[11], [11]], apart, (a, b) => smoothL1(a, b, { beta: 0, reduction: "sum" })),
  ],
  random: (draw) => {
    const shape = anyShape(draw);
    const delta = (draw.integer(0, 20) + 0.5) / 64;
    return pairCase("any", [shape, shape], apart, (a, b) => huber(a, b, { delta, reduction: "none" }));
  },
};
