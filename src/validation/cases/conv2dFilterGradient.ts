import { conv2dFilterGradient } from "../../ops/conv2dFilterGradient.ts";
import type { CaseList } from "../case.ts";
import { convolutions } from "../kit/convolutions.ts";
import { need } from "../kit/shapes.ts";

export const cases: CaseList = {
  op: "conv2dFilterGradient",
  cases: convolutions.map(({ name, image, result, attributes, gradient }) => {
    const [batch = 1, rows = 1, columns = 1] = result;
    return {
      name,
      inputs: [{ shape: image }, { shape: result }],
      build: ([x, dy]) => conv2dFilterGradient(need(x), need(dy), attributes),
      tolerance: { kind: "reduction", terms: batch * rows * columns },
      ...gradient,
    };
  }),
};
