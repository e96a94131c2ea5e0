import type { Shape } from "../../kernels/types.ts";
import type { Conv1dOptions } from "../../ops/conv1d.ts";
import { conv1d } from "../../ops/conv1d.ts";
import type { Case, CaseList } from "../case.ts";
import { need } from "../kit/shapes.ts";

function lineCase(name: string, shape: Shape, weights: Shape, options: Conv1dOptions = {}): Case {
  const [width = 1, channels = 1] = weights;
  return {
    name,
    inputs: [{ shape }, { shape: weights }],
    build: ([x, filters]) => conv1d(need(x), need(filters), options),
    tolerance: { kind: "reduction", terms: width * channels },
  };
}

export const cases: CaseList = {
  op: "conv1d",
  cases: [
    lineCase("one number", [1, 1, 1], [1, 1, 1]),
    lineCase("valid", [2, 9, 4], [3, 4, 8]),
    lineCase("same, odd channels", [1, 11, 3], [5, 3, 2], { padding: "same" }),
    lineCase("causal, dilated", [1, 8, 4], [3, 4, 4], { padding: "causal", dilation: 2 }),
    lineCase("stride 2, uneven padding", [2, 7, 2], [4, 2, 3], { stride: 2, padding: [1, 2] }),
    lineCase("2 groups", [1, 10, 8], [3, 4, 8], { groups: 2, padding: 1 }),
    lineCase("depthwise", [1, 13, 4], [3, 1, 4], { groups: 4, padding: "same" }),
  ],
  random: (draw) => {
    const groups = draw.integer(1, 4);
    const [channels, width, length] = [draw.integer(1, 5), draw.integer(1, 5), draw.integer(9, 20)];
    return lineCase(
      "random",
      [draw.integer(1, 3), length, groups * channels],
      [width, channels, groups * draw.integer(1, 5)],
      {
        groups,
        stride: draw.integer(1, 3),
        dilation: draw.integer(1, 2),
        padding: draw.pick<NonNullable<Conv1dOptions["padding"]>>([
          "valid",
          "same",
          "causal",
          [draw.integer(0, 3), draw.integer(0, 3)],
        ]),
      },
    );
  },
};
