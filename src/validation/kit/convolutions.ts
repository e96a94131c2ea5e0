import type { Shape } from "../../kernels/types.ts";
import type { ConvolutionAttributes, ConvolutionOptions } from "../../ops/convolution.ts";
import { convolutionAttributes } from "../../ops/convolution.ts";
import { resultShape, weightsShape } from "../../ops/convolution_shapes.ts";
import type { Case, Draw } from "../case.ts";

/** A convolution with the shapes of all that takes part. */
export interface Convolution {
  readonly name: string;
  readonly image: Shape;
  readonly weights: Shape;
  readonly result: Shape;
  readonly options: ConvolutionOptions;
  readonly attributes: ConvolutionAttributes;
  /** Too large for gradients by finite differences. */
  readonly gradient: Pick<Case, "gradient">;
}

function convolution(
  name: string,
  image: Shape,
  [height, width, filters]: readonly [height: number, width: number, filters: number],
  options: ConvolutionOptions = {},
): Convolution {
  const attributes = convolutionAttributes("convolution", image, [height, width], options);
  const weights = weightsShape(attributes, filters);
  const result = resultShape("convolution", attributes, filters);
  const products = [...result, ...weights.slice(0, 3)].reduce((product, size) => product * size, 1);
  return {
    name,
    image,
    weights,
    result,
    options,
    attributes,
    gradient: products > 8000 ? { gradient: "skip: large" } : {},
  };
}

/** Kernels that leave the image on every side, strides and dilations, channels that fill vectors and tiles or not. */
export const convolutions: readonly Convolution[] = [
  convolution("one pixel", [1, 1, 1, 1], [1, 1, 1]),
  convolution("pointwise", [2, 3, 4, 4], [1, 1, 8]),
  convolution("pointwise, odd channels", [2, 3, 3, 3], [1, 1, 5]),
  convolution("pointwise, stride 2", [1, 5, 5, 4], [1, 1, 4], { stride: 2 }),
  convolution("3 × 3 valid", [2, 5, 6, 1], [3, 3, 3]),
  convolution("3 × 3 same", [1, 5, 4, 4], [3, 3, 4], { padding: "same" }),
  convolution("3 × 3 same, odd channels", [1, 5, 4, 3], [3, 3, 5], { padding: "same" }),
  convolution("stride 2, same", [1, 6, 7, 4], [3, 3, 4], { stride: 2, padding: "same" }),
  convolution("stride 2, same, even kernel", [1, 5, 5, 2], [2, 4, 3], { stride: 2, padding: "same" }),
  convolution("stride above the kernel", [1, 8, 9, 4], [2, 2, 4], { stride: [3, 4] }),
  convolution("dilated", [1, 7, 8, 4], [3, 2, 4], { dilation: [2, 3] }),
  convolution("dilated, stride 2, padded", [1, 7, 6, 3], [3, 3, 2], { dilation: 2, stride: 2, padding: 2 }),
  convolution("uneven padding", [2, 4, 5, 4], [3, 3, 4], {
    padding: { top: 2, left: 0, bottom: 1, right: 3 },
  }),
  convolution("windows in the padding alone", [1, 2, 2, 4], [2, 2, 4], { padding: 3 }),
  convolution("the kernel is the image", [2, 4, 5, 4], [4, 5, 3]),
  convolution("the kernel is larger than the image", [1, 2, 3, 4], [5, 5, 4], { padding: "same" }),
  convolution("tiles + 1", [1, 9, 29, 4], [3, 3, 68], { padding: "same" }),
  convolution("tiles + 1, odd channels", [3, 8, 11, 5], [2, 3, 67]),
  convolution("eight channels, stride 2", [2, 7, 6, 8], [3, 2, 36], { stride: [1, 2], padding: "same" }),
  convolution("few filters, many pixels", [2, 20, 21, 12], [3, 3, 8], { padding: "same" }),
  convolution("few channels, many filters", [2, 12, 13, 1], [5, 5, 33]),
  convolution("few channels, whole runs of a line", [1, 2, 8, 1], [3, 3, 4], { padding: "same" }),
];

/** Those that are checked in f16 as well: each kernel, whole vectors and not. */
export const halfConvolutions: readonly string[] = [
  "one pixel",
  "pointwise",
  "3 × 3 same",
  "3 × 3 same, odd channels",
  "dilated",
  "tiles + 1",
];

/** Several groups: vectors of channels that fit into a group and not, one channel a group with one filter and several. */
export const groupedConvolutions: readonly Convolution[] = [
  convolution("2 groups, one channel each", [1, 4, 4, 2], [3, 3, 2], { groups: 2 }),
  convolution("2 groups of whole vectors", [1, 5, 6, 8], [3, 3, 8], { groups: 2, padding: "same" }),
  convolution("2 groups of eight", [2, 5, 9, 16], [2, 3, 16], { groups: 2, padding: "same", stride: 2 }),
  convolution("3 groups, odd channels", [1, 5, 4, 9], [3, 2, 15], { groups: 3, padding: 1 }),
  convolution("3 groups of four and twelve", [1, 7, 5, 12], [3, 3, 36], { groups: 3, dilation: 2 }),
  convolution("4 groups, pointwise, tiles + 1", [1, 6, 11, 32], [1, 1, 72], { groups: 4 }),
  convolution("groups, strided, dilated, uneven padding", [2, 8, 7, 16], [3, 2, 8], {
    groups: 2,
    stride: [3, 2],
    dilation: [2, 3],
    padding: { top: 2, left: 1, bottom: 0, right: 3 },
  }),
  convolution("depthwise", [1, 5, 6, 4], [3, 3, 4], { groups: 4, padding: "same" }),
  convolution("depthwise, one pixel", [1, 1, 1, 4], [1, 1, 4], { groups: 4 }),
  convolution("depthwise, odd channels", [2, 5, 4, 3], [3, 3, 3], { groups: 3, padding: "same" }),
  convolution("depthwise, odd channels, two filters each", [1, 5, 4, 3], [3, 3, 6], {
    groups: 3,
    padding: 1,
  }),
  convolution("depthwise, two filters each", [1, 6, 5, 4], [3, 3, 8], { groups: 4, padding: "same" }),
  convolution("depthwise, three filters each, valid", [2, 5, 7, 8], [2, 3, 24], { groups: 8 }),
  convolution("depthwise, four filters each, stride 2", [1, 6, 7, 4], [3, 3, 16], {
    groups: 4,
    stride: 2,
    padding: "same",
  }),
  convolution("depthwise, stride 2, odd sizes", [2, 9, 11, 8], [3, 3, 8], {
    groups: 8,
    stride: 2,
    padding: "same",
  }),
  convolution("depthwise, 5 × 5", [1, 8, 9, 4], [5, 5, 4], { groups: 4, padding: "same" }),
  convolution("depthwise, dilated, strided, uneven padding", [1, 9, 8, 4], [2, 3, 4], {
    groups: 4,
    stride: [2, 3],
    dilation: [3, 2],
    padding: { top: 0, left: 4, bottom: 3, right: 1 },
  }),
  convolution("depthwise, windows in the padding alone", [1, 2, 3, 4], [3, 3, 4], { groups: 4, padding: 4 }),
  convolution("depthwise, workgroups + 1", [3, 13, 14, 20], [3, 3, 20], { groups: 20, padding: "same" }),
];

/** Any small convolution that has a result: padding makes up for a window that the image has no room for. */
export function randomConvolution(draw: Draw): Convolution {
  const groups = draw.pick([1, 1, 2, 3, 4, 8]);
  // Whole vectors often: kernels hang on them.
  const channels = groups * draw.pick([1, 2, 3, 4, 5, 7, 8, 12]);
  const filters = groups * draw.pick([1, 2, 3, 4, 5, 7, 8, 12]);
  const kernel = [draw.integer(1, 4), draw.integer(1, 4)] as const;
  const stride = [draw.integer(1, 3), draw.integer(1, 3)] as const;
  const dilation = [draw.integer(1, 3), draw.integer(1, 3)] as const;
  const size = [draw.integer(1, 9), draw.integer(1, 9)] as const;
  const [top, left] = [draw.integer(0, 3), draw.integer(0, 3)];
  const [bottom, right] = ([0, 1] as const).map((axis) => {
    const lacking = (kernel[axis] - 1) * dilation[axis] + 1 - size[axis] - (axis === 0 ? top : left);
    return Math.max(draw.integer(0, 3), lacking);
  }) as [number, number];
  const padding = draw.pick(["explicit", "same"]) === "same" ? "same" : { top, left, bottom, right };
  const image = [draw.integer(1, 3), ...size, channels];
  return convolution("random", image, [...kernel, filters], { groups, stride, dilation, padding });
}
