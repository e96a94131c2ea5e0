import "../kernels/generated/elementwise/binaryCrossEntropyWithLogits.ts";
import { scalar } from "../graph/leaves.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import { sameShape } from "../kernels/types.ts";
import { shapeError } from "./checks.ts";
import { defineElementwise } from "./elementwise.ts";
import type { LossOptions } from "./loss_reduction.ts";
import { expectAlike, reduceLoss } from "./loss_reduction.ts";
import { mul } from "./mul.ts";
import { neg } from "./neg.ts";
import { sigmoid } from "./sigmoid.ts";
import { sub } from "./sub.ts";

export const binaryCrossEntropyWithLogitsOp = defineElementwise({
  name: "binaryCrossEntropyWithLogits",
  inputs: ["logits", "target", "positiveWeight"],
  saves: ["logits", "target", "positiveWeight"],
  vjp: (dy, saved) => {
    const [logits, target, weight] = [saved("logits"), saved("target"), saved("positiveWeight")];
    const below = mul(mul(weight, target), sigmoid(neg(logits)));
    const byLogits = sub(mul(sub(scalar(1), target), sigmoid(logits)), below);
    const ofOnes = (by: Tensor) => elements(logits, scalar(1), by);
    const byTarget = sub(ofOnes(weight), elements(logits, scalar(0), weight));
    return [mul(dy, byLogits), mul(dy, byTarget), mul(mul(dy, target), ofOnes(scalar(1)))];
  },
  flops: 40,
});

function elements(logits: Tensor, target: Tensor, positiveWeight: Tensor): Tensor {
  return apply(binaryCrossEntropyWithLogitsOp, [logits, target, positiveWeight], null);
}

export interface BinaryCrossEntropyOptions extends LossOptions {
  /** Of examples whose target is 1: a number, or a tensor that broadcasts to the logits, such as one a class; 1 by default. */
  readonly positiveWeight?: number | Tensor | undefined;
}

/**
 * −positiveWeight · t · log σ(x) − (1 − t) · log(1 − σ(x)), averaged over all elements; finite for all finite logits.
 * @param logits f32; the sigmoid belongs to the loss
 * @param target f32 of the same shape, from 0 to 1
 * @param options `positiveWeight` and `reduction`
 * @throws ShapeError where the shapes differ or the weight does not broadcast to them
 */
export function binaryCrossEntropyWithLogits(
  logits: Tensor,
  target: Tensor,
  options: BinaryCrossEntropyOptions = {},
): Tensor {
  const { positiveWeight = 1, reduction } = options;
  expectAlike("binaryCrossEntropyWithLogits", logits, target);
  const weight = typeof positiveWeight === "number" ? scalar(positiveWeight) : positiveWeight;
  const values = elements(logits, target, weight);
  if (!sameShape(values.shape, logits.shape)) {
    const problem = "the positive weight has more axes or elements than the logits";
    throw shapeError("binaryCrossEntropyWithLogits", [logits.type, weight.type], problem);
  }
  return reduceLoss(values, reduction);
}
