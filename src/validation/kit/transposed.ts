import type { Shape } from "../../kernels/types.ts";
import type { Conv2dTransposeOptions } from "../../ops/conv2dTranspose.ts";
import type { Draw } from "../case.ts";

/** A transposed convolution. */
export interface Transposed {
  readonly name: string;
  readonly image: Shape;
  /** [height, width, filters / groups, channels] */
  readonly weights: Shape;
  readonly options: Conv2dTransposeOptions;
}

/** Images made larger and not, every rule for the result's size, groups. */
export const transposed: readonly Transposed[] = [
  { name: "one pixel", image: [1, 1, 1, 1], weights: [1, 1, 1, 1], options: {} },
  { name: "3 × 3 same", image: [1, 4, 5, 4], weights: [3, 3, 8, 4], options: { padding: "same" } },
  {
    name: "stride 2, same",
    image: [2, 3, 4, 8],
    weights: [3, 3, 4, 8],
    options: { stride: 2, padding: "same" },
  },
  {
    name: "stride 2, 4 × 4, padding 1",
    image: [1, 3, 4, 4],
    weights: [4, 4, 4, 4],
    options: { stride: 2, padding: 1 },
  },
  {
    name: "stride 2, padding 1, output padding 1",
    image: [1, 3, 4, 3],
    weights: [3, 3, 5, 3],
    options: { stride: 2, padding: 1, outputPadding: 1 },
  },
  {
    name: "stride 3 above the kernel, valid, odd channels",
    image: [1, 3, 2, 3],
    weights: [2, 2, 3, 3],
    options: { stride: 3 },
  },
  {
    name: "uneven padding, strides and dilation, an output size",
    image: [1, 4, 3, 4],
    weights: [2, 3, 4, 4],
    options: {
      stride: [3, 2],
      dilation: [2, 2],
      padding: { top: 1, left: 0, bottom: 0, right: 2 },
      outputSize: [12, 8],
    },
  },
  {
    name: "2 groups, stride 2",
    image: [1, 3, 3, 8],
    weights: [3, 3, 4, 8],
    options: { stride: 2, groups: 2 },
  },
  {
    name: "depthwise, stride 2, same",
    image: [1, 4, 5, 8],
    weights: [3, 3, 1, 8],
    options: { stride: 2, groups: 8, padding: "same" },
  },
];

/** Any small transposed convolution that has a result. */
export function randomTransposed(draw: Draw): Transposed {
  const groups = draw.pick([1, 1, 2, 3, 4]);
  const stride = draw.integer(1, 3);
  const kernel = [draw.integer(1, 4), draw.integer(1, 4)] as const;
  const channels = groups * draw.integer(1, 6);
  return {
    name: "random",
    image: [draw.integer(1, 2), draw.integer(1, 6), draw.integer(1, 6), channels],
    weights: [...kernel, draw.integer(1, 6), channels],
    options: {
      groups,
      stride,
      dilation: draw.integer(1, 2),
      ...draw.pick<Conv2dTransposeOptions>([
        { padding: 0, outputPadding: draw.integer(0, stride - 1) },
        { padding: "valid" },
        { padding: "same" },
      ]),
    },
  };
}
