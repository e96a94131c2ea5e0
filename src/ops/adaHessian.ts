import "../kernels/generated/adaHessian.ts";
import type { Tensor } from "../graph/tensor.ts";
import { record } from "../graph/tensor.ts";
import type { AdamAttributes } from "./adam.ts";
import { adamParams } from "./adam.ts";
import { defineFlatUpdate } from "./flat_update.ts";

export interface AdaHessianAttributes extends AdamAttributes {
  /** k: the power of the curvature's root mean square that the step is divided by. */
  readonly hessianPower: number;
}

export const adaHessianOp = defineFlatUpdate<"adaHessian/adaHessian", AdaHessianAttributes>({
  name: "adaHessian",
  read: ["gradients", "segments", "curvature"],
  overwritten: ["parameters", "firstMoment", "secondMoment"],
  file: "adaHessian/adaHessian",
  flops: 17,
  params: (vectors, attributes) => ({
    ...adamParams(vectors, attributes),
    hessian_power: attributes.hessianPower,
  }),
});

/**
 * A step of AdaHessian (Yao et al. 2021, Algorithm 1): Adam, whose second moment is of the Hessian's diagonal instead of
 * the gradient. Weight decay is apart from the moments, as in the authors' code.
 * @param gradients flat, f32
 * @param segments two numbers for each 64 elements: multipliers of the learning rate and of λ
 * @param curvature flat, an estimate of the Hessian's diagonal
 * @param parameters flat state of the gradients' length
 * @param firstMoment flat state of the same length, zero at first; so is `secondMoment`
 * @returns the new parameters, first and second moment, in the storage of the old
 */
export function adaHessian(
  gradients: Tensor,
  segments: Tensor,
  curvature: Tensor,
  parameters: Tensor,
  firstMoment: Tensor,
  secondMoment: Tensor,
  attributes: AdaHessianAttributes,
): readonly Tensor[] {
  const inputs = [gradients, segments, curvature, parameters, firstMoment, secondMoment];
  return record(adaHessianOp, inputs, attributes);
}
