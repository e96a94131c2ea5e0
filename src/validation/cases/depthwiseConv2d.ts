import { depthwiseConv2d } from "../../ops/depthwiseConv2d.ts";
import type { Case, CaseList } from "../case.ts";
import type { Convolution } from "../kit/convolutions.ts";
import { groupedConvolutions, randomConvolution } from "../kit/convolutions.ts";
import { need } from "../kit/shapes.ts";

/** A convolution with a group for each of its channels. */
function depthwiseCase({ name, image, weights, options, gradient }: Convolution): Case {
  const { groups: channels = 1, ...windows } = options;
  const [height = 1, width = 1, , filters = 1] = weights;
  return {
    name,
    inputs: [{ shape: image }, { shape: [height, width, channels, filters / channels] }],
    build: ([x, own]) => depthwiseConv2d(need(x), need(own), windows),
    tolerance: { kind: "reduction", terms: height * width },
    ...gradient,
  };
}

export const cases: CaseList = {
  op: "depthwiseConv2d",
  cases: groupedConvolutions.filter(({ image, options }) => options.groups === image[3]).map(depthwiseCase),
  random: (draw) => {
    const { image, weights, options, ...rest } = randomConvolution(draw);
    const { groups = 1 } = options;
    return depthwiseCase({
      ...rest,
      image: [...image.slice(0, 3), groups],
      weights,
      options: { ...options, groups },
    });
  },
};
