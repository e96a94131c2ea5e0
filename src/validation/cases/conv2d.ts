import { conv2d } from "../../ops/conv2d.ts";
import type { Case, CaseList } from "../case.ts";
import type { Convolution } from "../kit/convolutions.ts";
import {
  convolutions,
  groupedConvolutions,
  halfConvolutions,
  randomConvolution,
} from "../kit/convolutions.ts";
import { mixed, someInHalf } from "../kit/half.ts";
import { need } from "../kit/shapes.ts";

function conv2dCase({ name, image, weights, options, gradient }: Convolution): Case {
  const [height = 1, width = 1, channels = 1] = weights;
  return {
    name,
    inputs: [{ shape: image }, { shape: weights }],
    build: ([x, filters]) => conv2d(need(x), need(filters), options),
    tolerance: { kind: "reduction", terms: height * width * channels },
    ...gradient,
  };
}

const inFull = [...convolutions, ...groupedConvolutions].map(conv2dCase);

export const cases: CaseList = {
  op: "conv2d",
  cases: [
    ...inFull,
    ...someInHalf(inFull, halfConvolutions),
    ...inFull.slice(4, 7).map((given) => mixed(given, 1)),
  ],
  random: (draw) => conv2dCase(randomConvolution(draw)),
};
