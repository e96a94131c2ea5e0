import { conv2dTranspose } from "../../ops/conv2dTranspose.ts";
import type { Case, CaseList } from "../case.ts";
import { need } from "../kit/shapes.ts";
import type { Transposed } from "../kit/transposed.ts";
import { randomTransposed, transposed } from "../kit/transposed.ts";

function transposedCase({ name, image, weights, options }: Transposed): Case {
  const [height = 1, width = 1, , channels = 1] = weights;
  return {
    name,
    inputs: [{ shape: image }, { shape: weights }],
    build: ([x, filters]) => conv2dTranspose(need(x), need(filters), options),
    tolerance: { kind: "reduction", terms: (height * width * channels) / (options.groups ?? 1) },
  };
}

export const cases: CaseList = {
  op: "conv2dTranspose",
  cases: transposed.map(transposedCase),
  random: (draw) => transposedCase(randomTransposed(draw)),
};
