import { conv2dFilterGradient } from "../../ops/conv2dFilterGradient.ts";
import type { Case, CaseList } from "../case.ts";
import type { Convolution } from "../kit/convolutions.ts";
import {
  convolutions,
  groupedConvolutions,
  halfConvolutions,
  randomConvolution,
} from "../kit/convolutions.ts";
import { someInHalf } from "../kit/half.ts";
import { need } from "../kit/shapes.ts";

function filterGradientCase({ name, image, result, attributes, gradient }: Convolution): Case {
  const [batch = 1, rows = 1, columns = 1] = result;
  return {
    name,
    inputs: [{ shape: image }, { shape: result }],
    build: ([x, dy]) => conv2dFilterGradient(need(x), need(dy), attributes),
    tolerance: { kind: "reduction", terms: batch * rows * columns },
    ...gradient,
  };
}

const inFull = [...convolutions, ...groupedConvolutions].map(filterGradientCase);

export const cases: CaseList = {
  op: "conv2dFilterGradient",
  cases: [...inFull, ...someInHalf(inFull, halfConvolutions)],
  random: (draw) => filterGradientCase(randomConvolution(draw)),
};
