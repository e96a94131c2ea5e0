import "../kernels/generated/weightedCrossEntropy.ts";
import { defineOp } from "../graph/op.ts";
import type { Tensor } from "../graph/tensor.ts";
import { record } from "../graph/tensor.ts";
import type { Kernel, KernelRequest } from "../kernels/kernel.ts";
import { defineKernel } from "../kernels/kernel.ts";
import type { SmoothedLabels } from "./labels.ts";
import { expectClassWeights, expectLogitsAndLabels } from "./labels.ts";
import { mul } from "./mul.ts";
import { reshape } from "./reshape.ts";
import { rowGroups, rowView, softmaxCost, suitsWorkgroups } from "./row_kernels.ts";
import { weightedCrossEntropyGradient } from "./weightedCrossEntropyGradient.ts";

/**
 * Output 0 has the gradient, in the logits alone. The others are what the mean divides by and what the gradient needs of
 * a row, so that it reads the logits once: the sum of the factors of log Σ exp, and the shift that makes powers shares.
 */
export const weightedCrossEntropyOp = defineOp<SmoothedLabels>({
  name: "weightedCrossEntropy",
  inputs: ["logits", "labels", "classWeights"],
  outputs: ["loss", "weight", "total", "shift"],
  type: (inputs) => {
    const [, { shape }] = expectLogitsAndLabels("weightedCrossEntropy", inputs);
    expectClassWeights("weightedCrossEntropy", inputs);
    const row = { shape, dtype: "f32" } as const;
    return [row, row, row, { shape: [...shape, 2], dtype: "f32" }];
  },
  saves: ["logits", "labels", "classWeights", "total", "shift"],
  vjp: (dy, saved, attributes) => {
    const parts = ["logits", "labels", "classWeights", "total", "shift"].map(saved);
    return [mul(reshape(dy, [-1, 1]), weightedCrossEntropyGradient(parts, attributes)), null, null];
  },
  kernels: [kernel("workgroup"), kernel("serial")],
  cost: softmaxCost,
});

function kernel(way: "workgroup" | "serial"): Kernel<SmoothedLabels> {
  return defineKernel<`weightedCrossEntropy/${typeof way}`, SmoothedLabels>({
    file: `weightedCrossEntropy/${way}`,
    suits: (request, traits) => way === "serial" || suitsWorkgroups(request, traits),
    constants: ({ attributes }) => ({ SMOOTH: Number(attributes.labelSmoothing > 0) }),
    params: (request: KernelRequest<SmoothedLabels>) => ({
      ...rowView(request),
      ignored: request.attributes.ignoreIndex,
      smoothing: request.attributes.labelSmoothing,
    }),
    workgroups: rowGroups(way),
  });
}

/**
 * The cross-entropy of each row with a weight w for each class and smoothed labels, L being log Σ exp(logits):
 * (1 − s) · w[label] · (L − logits[label]) + s / classes · Σ_c w[c] · (L − logits[c]), finite for all finite logits.
 * @param logits f32 [batch, classes]
 * @param labels u32 [batch]; a row whose label is no class or the ignored one has loss, weight and gradient 0
 * @param classWeights f32 [classes]; a constant to the gradient
 * @returns loss and weight, w[label], f32 [batch]; what the gradient needs of the rows: total [batch] and shift [batch, 2]
 */
export function weightedCrossEntropy(
  logits: Tensor,
  labels: Tensor,
  classWeights: Tensor,
  attributes: SmoothedLabels,
): readonly Tensor[] {
  return record(weightedCrossEntropyOp, [logits, labels, classWeights], attributes);
}
