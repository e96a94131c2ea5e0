import "../kernels/generated/resizeBilinear.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import type { ResizeOptions } from "./resizing.ts";
import { resizeAttributes, resizings } from "./resizing.ts";

export const resizeBilinearOp = resizings.bilinear.resize;

/**
 * An image of another size, each pixel blended of the four around its place: with half-pixel centres, the default,
 * (i + ½) · size / resized − ½ along each axis, held inside the image. Nothing is averaged where the image shrinks.
 * @param x [batch, height, width, channels]
 * @returns [batch, …size, channels]
 * @throws UsageError where neither size nor scale is given, or both; ShapeError where the size is none
 */
export function resizeBilinear(x: Tensor, options: ResizeOptions): Tensor {
  return apply(resizeBilinearOp, [x], resizeAttributes("resizeBilinear", x, options));
}
