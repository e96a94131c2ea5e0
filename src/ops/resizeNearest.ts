import "../kernels/generated/resizeNearest.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import type { ResizeOptions } from "./resizing.ts";
import { resizeAttributes, resizings } from "./resizing.ts";

export const resizeNearestOp = resizings.nearest.resize;

/**
 * An image of another size, each pixel that of the image nearest to its place: with half-pixel centres, the default,
 * the one that holds ⌊(i + ½) · size / resized⌋ (PyTorch's `nearest-exact`).
 * @param x [batch, height, width, channels]
 * @returns [batch, …size, channels]
 * @throws UsageError where neither size nor scale is given, or both; ShapeError where the size is none
 */
export function resizeNearest(x: Tensor, options: ResizeOptions): Tensor {
  return apply(resizeNearestOp, [x], resizeAttributes("resizeNearest", x, options));
}
