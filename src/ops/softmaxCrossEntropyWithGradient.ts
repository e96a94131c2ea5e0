import { defineOp } from "../graph/op.ts";
import { expectLogitsAndLabels } from "./labels.ts";
import { softmaxCost, softmaxKernels } from "./row_kernels.ts";

/**
 * `softmaxCrossEntropy` and `softmaxCrossEntropyGradient` of the same inputs at once. A pass puts it in their place
 * after differentiation, so it has no gradient.
 */
export const softmaxCrossEntropyWithGradientOp = defineOp<null>({
  name: "softmaxCrossEntropyWithGradient",
  inputs: ["logits", "labels"],
  outputs: ["loss", "gradient"],
  type: (inputs) => {
    const [logits, labels] = expectLogitsAndLabels("softmaxCrossEntropyWithGradient", inputs);
    return [{ shape: labels.shape, dtype: "f32" }, logits];
  },
  kernels: softmaxKernels("softmaxCrossEntropyWithGradient"),
  cost: softmaxCost,
});
