import type { Shape } from "../../kernels/types.ts";
import type { Conv1dTransposeOptions } from "../../ops/conv1dTranspose.ts";
import { conv1dTranspose } from "../../ops/conv1dTranspose.ts";
import type { Case, CaseList } from "../case.ts";
import { need } from "../kit/shapes.ts";

function lineCase(name: string, shape: Shape, weights: Shape, options: Conv1dTransposeOptions = {}): Case {
  const [width = 1, , channels = 1] = weights;
  return {
    name,
    inputs: [{ shape }, { shape: weights }],
    build: ([x, filters]) => conv1dTranspose(need(x), need(filters), options),
    tolerance: { kind: "reduction", terms: width * channels },
  };
}

export const cases: CaseList = {
  op: "conv1dTranspose",
  cases: [
    lineCase("one number", [1, 1, 1], [1, 1, 1]),
    lineCase("stride 2, same", [2, 5, 4], [3, 8, 4], { stride: 2, padding: "same" }),
    lineCase("stride 2, output padding", [1, 6, 3], [3, 2, 3], { stride: 2, padding: 1, outputPadding: 1 }),
    lineCase("an output size", [1, 4, 4], [2, 4, 4], { stride: 3, outputSize: 13 }),
    lineCase("2 groups", [1, 5, 8], [4, 4, 8], { groups: 2, stride: 2, padding: 1 }),
  ],
  random: (draw) => {
    const [groups, stride] = [draw.integer(1, 3), draw.integer(1, 3)];
    const channels = groups * draw.integer(1, 5);
    return lineCase(
      "random",
      [draw.integer(1, 3), draw.integer(1, 9), channels],
      [draw.integer(1, 5), draw.integer(1, 5), channels],
      {
        groups,
        stride,
        ...draw.pick<Conv1dTransposeOptions>([
          { padding: 0, outputPadding: draw.integer(0, stride - 1) },
          { padding: "same" },
        ]),
      },
    );
  },
};
