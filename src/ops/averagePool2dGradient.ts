import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import type { AveragePoolAttributes } from "./average_pooling.ts";
import { averagePooling } from "./average_pooling.ts";

export const averagePool2dGradientOp = averagePooling.spread;

/**
 * The adjoint of `averagePool2d`: each value of dy is spread evenly over its window.
 * @param dy f32, one value for each window and channel
 */
export function averagePool2dGradient(dy: Tensor, attributes: AveragePoolAttributes): Tensor {
  return apply(averagePool2dGradientOp, [dy], attributes);
}
