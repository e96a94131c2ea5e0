import "../kernels/generated/weightedCrossEntropyGradient.ts";
import { defineOp } from "../graph/op.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import { defineKernel } from "../kernels/kernel.ts";
import { ceilDivide, elementCount } from "../kernels/types.ts";
import { expectInput } from "./checks.ts";
import type { SmoothedLabels } from "./labels.ts";
import { expectClassWeights, expectLogitsAndLabels } from "./labels.ts";
import { mul } from "./mul.ts";
import { reshape } from "./reshape.ts";
import { rowView, softmaxCost } from "./row_kernels.ts";
import { softmax } from "./softmax.ts";
import { softmaxPullback } from "./softmax_pullback.ts";

export const weightedCrossEntropyGradientOp = defineOp<SmoothedLabels>({
  name: "weightedCrossEntropyGradient",
  inputs: ["logits", "labels", "classWeights", "total", "shift"],
  outputs: ["gradient"],
  type: (inputs) => {
    const [logits] = expectLogitsAndLabels("weightedCrossEntropyGradient", inputs);
    expectClassWeights("weightedCrossEntropyGradient", inputs);
    expectInput("weightedCrossEntropyGradient", inputs, 3, 1);
    expectInput("weightedCrossEntropyGradient", inputs, 4, 2);
    return [logits];
  },
  saves: ["logits", "total"],
  // The shift comes from the logits: this is the derivative by way of it as well, so none goes back through it.
  vjp: (dy, saved) => {
    const pulled = softmaxPullback(softmax(saved("logits")), dy);
    return [mul(reshape(saved("total"), [-1, 1]), pulled), null, null, null, null];
  },
  kernels: [
    defineKernel<"weightedCrossEntropyGradient/vec4", SmoothedLabels>({
      file: "weightedCrossEntropyGradient/vec4",
      constants: (request) => ({ WHOLE: Number(rowView(request).columns % 4 === 0) }),
      params: (request) => ({
        ...rowView(request),
        vectors: ceilDivide(elementCount(request.outputs[0]?.shape ?? []), 4),
        ignored: request.attributes.ignoreIndex,
        smoothing: request.attributes.labelSmoothing,
      }),
      workgroups: ({ outputs }) => ceilDivide(elementCount(outputs[0]?.shape ?? []), 4 * 64),
    }),
  ],
  cost: softmaxCost,
});

/**
 * The gradient of each row's `weightedCrossEntropy` in its logits.
 * @param parts its inputs, then its outputs total and shift
 * @returns f32 [batch, classes]
 */
export function weightedCrossEntropyGradient(parts: readonly Tensor[], attributes: SmoothedLabels): Tensor {
  return apply(weightedCrossEntropyGradientOp, parts, attributes);
}
