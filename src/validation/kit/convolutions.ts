import type { Shape } from "../../kernels/types.ts";
import type { WindowAttributes, WindowOptions } from "../../ops/convolution.ts";
import { resolveGeometry } from "../../ops/convolution.ts";
import { resultShape } from "../../ops/convolution_ops.ts";
import type { Case } from "../case.ts";

/** A convolution with the shapes of all that takes part. */
export interface Convolution {
  readonly name: string;
  readonly image: Shape;
  readonly weights: Shape;
  readonly result: Shape;
  readonly options: WindowOptions;
  readonly attributes: WindowAttributes;
  /** Too large for gradients by finite differences. */
  readonly gradient: Pick<Case, "gradient">;
}

function convolution(
  name: string,
  image: Shape,
  [height, width, filters]: readonly [height: number, width: number, filters: number],
  options: WindowOptions = {},
): Convolution {
  const channels = image[3] ?? 1;
  const geometry = resolveGeometry("convolution", image, [height, width], options);
  const attributes = { ...geometry, inputShape: image };
  const result = resultShape("convolution", attributes, filters);
  const products = result.reduce((product, size) => product * size, height * width * channels);
  return {
    name,
    image,
    weights: [height, width, channels, filters],
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
