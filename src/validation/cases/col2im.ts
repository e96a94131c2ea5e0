import { col2im } from "../../ops/col2im.ts";
import type { CaseList } from "../case.ts";
import { convolutions } from "../kit/convolutions.ts";
import { need } from "../kit/shapes.ts";

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
