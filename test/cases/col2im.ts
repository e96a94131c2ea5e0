import { col2im } from "../../src/ops/col2im.ts";
import type { CaseList } from "../support/case.ts";
import { convolutions } from "../support/convolutions.ts";
import { need } from "../support/shapes.ts";

export const cases: CaseList = {
  op: "col2im",
  cases: convolutions.map(({ name, result, weights, attributes, gradient }) => {
    const [batch = 1, rows = 1, columns = 1] = result;
    const [height = 1, width = 1, channels = 1] = weights;
    return {
      name,
      inputs: [{ shape: [batch * rows * columns, height * width * channels] }],
      build: ([rowsOfWindows]) => col2im(need(rowsOfWindows), attributes),
      ...gradient,
    };
  }),
};
