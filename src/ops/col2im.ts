import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import { columnOps } from "./columns.ts";
import type { WindowAttributes } from "./convolution.ts";

export const col2imOp = columnOps.toImage;

/**
 * The adjoint of `im2col`: adds every row to the window it came from.
 * @param columns as `im2col` gives them
 * @returns an image of `inputShape`
 */
export function col2im(columns: Tensor, attributes: WindowAttributes): Tensor {
  return apply(col2imOp, [columns], attributes);
}
