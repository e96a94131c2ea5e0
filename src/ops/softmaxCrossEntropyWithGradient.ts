import "../kernels/generated/softmaxCrossEntropyWithGradient.ts";
import { defineOp } from "../graph/op.ts";
import type { Kernel, KernelRequest } from "../kernels/kernel.ts";
import { defineKernel } from "../kernels/kernel.ts";
import { expectLogitsAndLabels } from "./labels.ts";
import { rowGroups, rowView, softmaxCost, suitsWorkgroups } from "./row_kernels.ts";

export interface ScaledGradientAttributes {
  /** What the gradient is multiplied with: 1 / batch where the loss is averaged. */
  readonly gradientScale: number;
}

/**
 * `softmaxCrossEntropy` and, scaled, `softmaxCrossEntropyGradient` of the same inputs at once. A pass puts it in their
 * place after differentiation, so it has no gradient.
 */
export const softmaxCrossEntropyWithGradientOp = defineOp<ScaledGradientAttributes>({
  name: "softmaxCrossEntropyWithGradient",
  inputs: ["logits", "labels"],
  outputs: ["loss", "gradient"],
  type: (inputs) => {
    const [logits, labels] = expectLogitsAndLabels("softmaxCrossEntropyWithGradient", inputs);
    return [{ shape: labels.shape, dtype: "f32" }, logits];
  },
  kernels: [kernel("workgroup"), kernel("serial")],
  cost: softmaxCost,
});

function kernel(way: "workgroup" | "serial"): Kernel<ScaledGradientAttributes> {
  return defineKernel<`softmaxCrossEntropyWithGradient/${typeof way}`, ScaledGradientAttributes>({
    file: `softmaxCrossEntropyWithGradient/${way}`,
    suits: (request, traits) => way === "serial" || suitsWorkgroups(request, traits),
    params: (request: KernelRequest<ScaledGradientAttributes>) => ({
      ...rowView(request),
      gradient_scale: request.attributes.gradientScale,
    }),
    workgroups: rowGroups(way),
  });
}
