import { col2im } from "../../ops/col2im.ts";
import type { Pair, WindowAttributes } from "../../ops/convolution.ts";
import { windowCounts } from "../../ops/convolution.ts";
import type { Case, CaseList } from "../case.ts";
import { convolutions } from "../kit/convolutions.ts";
import { need } from "../kit/shapes.ts";
import { anyWindows } from "../kit/windows.ts";

function imageCase(name: string, attributes: WindowAttributes, [down, across]: Pair): Case {
  const { inputShape, kernel } = attributes;
  const [batch = 1, , , channels = 1] = inputShape;
  return {
    name,
    inputs: [{ shape: [batch * down * across, kernel[0] * kernel[1] * channels] }],
    build: ([rowsOfWindows]) => col2im(need(rowsOfWindows), attributes),
  };
}

export const cases: CaseList = {
  op: "col2im",
  cases: convolutions.map(({ name, result: [, rows = 1, columns = 1], attributes, gradient }) => ({
    ...imageCase(name, attributes, [rows, columns]),
    ...gradient,
  })),
  random: (draw) => {
    const attributes = anyWindows(draw);
    return imageCase("any windows", attributes, windowCounts("col2im", attributes.inputShape, attributes));
  },
};
