import "../kernels/generated/softmaxCrossEntropyGradient.ts";
import { defineOp } from "../graph/op.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import { add } from "./add.ts";
import { sizeAt } from "./checks.ts";
import { expectLogitsAndLabels } from "./labels.ts";
import { mul } from "./mul.ts";
import { oneHot } from "./oneHot.ts";
import { fuseLossGradient } from "./passes/fuse_loss_gradient.ts";
import { positive } from "./positive.ts";
import { softmaxCost, softmaxKernels } from "./row_kernels.ts";
import { softmaxPullback } from "./softmax_pullback.ts";
import { square } from "./square.ts";
import { sum } from "./sum.ts";

export const softmaxCrossEntropyGradientOp = defineOp<null>({
  name: "softmaxCrossEntropyGradient",
  inputs: ["logits", "labels"],
  outputs: ["gradient"],
  type: (inputs) => {
    const [logits] = expectLogitsAndLabels("softmaxCrossEntropyGradient", inputs);
    return [logits];
  },
  saves: ["labels", "gradient"],
  vjp: (dy, saved) => {
    // A row is ignored when its gradient is zero. Else it is zero only where the softmax is one-hot, and then
    // its Jacobian is zero too.
    const gradient = saved("gradient");
    const counts = positive(sum(square(gradient), { axes: -1, keepDims: true }));
    const softmax = add(gradient, oneHot(saved("labels"), sizeAt(gradient.shape, -1)));
    return [mul(softmaxPullback(softmax, dy), counts), null];
  },
  kernels: softmaxKernels("softmaxCrossEntropyGradient"),
  passes: [fuseLossGradient],
  cost: softmaxCost,
});

/**
 * The gradient of each row's `softmaxCrossEntropy` in its logits: softmax(logits) − onehot(labels).
 * @returns f32 [batch, classes]; rows whose label is no class are 0
 */
export function softmaxCrossEntropyGradient(logits: Tensor, labels: Tensor): Tensor {
  return apply(softmaxCrossEntropyGradientOp, [logits, labels], null);
}
