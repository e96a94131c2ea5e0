import { conv2d } from "../../ops/conv2d.ts";
import type { CaseList } from "../case.ts";
import { convolutions } from "../kit/convolutions.ts";
import { need } from "../kit/shapes.ts";

export const cases: CaseList = {
  op: "conv2d",
  cases: convolutions.map(({ name, image, weights, options, gradient }) => {
    const [height = 1, width = 1, channels = 1] = weights;
    return {
      name,
      inputs: [{ shape: image }, { shape: weights }],
      build: ([x, filters]) => conv2d(need(x), need(filters), options),
      tolerance: { kind: "reduction", terms: height * width * channels },
      ...gradient,
    };
  }),
};
