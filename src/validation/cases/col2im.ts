import { col2im } from "../../ops/col2im.ts";
import type { Case, CaseList } from "../case.ts";
import type { Convolution } from "../kit/convolutions.ts";
import { convolutions, randomConvolution } from "../kit/convolutions.ts";
import { need } from "../kit/shapes.ts";

function imageCase({ name, image, result, weights, attributes, gradient }: Convolution): Case {
  const [batch = 1, rows = 1, columns = 1] = result;
  const [height = 1, width = 1] = weights;
  return {
    name,
    inputs: [{ shape: [batch * rows * columns, height * width * (image[3] ?? 1)] }],
    build: ([rowsOfWindows]) => col2im(need(rowsOfWindows), attributes),
    ...gradient,
  };
}

export const cases: CaseList = {
  op: "col2im",
  cases: convolutions.map(imageCase),
  random: (draw) => imageCase(randomConvolution(draw)),
};
