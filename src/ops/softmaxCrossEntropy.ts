import "../kernels/generated/softmaxCrossEntropy.ts";
import { defineOp } from "../graph/op.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import { expectLogitsAndLabels } from "./labels.ts";
import { mul } from "./mul.ts";
import { reshape } from "./reshape.ts";
import { softmaxCost, softmaxKernels } from "./row_kernels.ts";
import { softmaxCrossEntropyGradient } from "./softmaxCrossEntropyGradient.ts";

export const softmaxCrossEntropyOp = defineOp<null>({
  name: "softmaxCrossEntropy",
  inputs: ["logits", "labels"],
  outputs: ["loss"],
  type: (inputs) => {
    const [, labels] = expectLogitsAndLabels("softmaxCrossEntropy", inputs);
    return [{ shape: labels.shape, dtype: "f32" }];
  },
  saves: ["logits", "labels"],
  vjp: (dy, saved) => {
    const gradient = softmaxCrossEntropyGradient(saved("logits"), saved("labels"));
    return [mul(reshape(dy, [-1, 1]), gradient), null];
  },
  kernels: softmaxKernels("softmaxCrossEntropy"),
  cost: softmaxCost,
});

/**
 * The loss of each row, −log softmax(logits)[label], finite for all finite logits.
 * @param logits f32 [batch, classes]
 * @param labels u32 [batch]; a row whose label is no class, such as 0xFFFFFFFF, has loss 0 and gradient 0
 * @returns f32 [batch]
 * @throws ShapeError where the inputs are of other types
 */
export function softmaxCrossEntropy(logits: Tensor, labels: Tensor): Tensor {
  return apply(softmaxCrossEntropyOp, [logits, labels], null);
}
