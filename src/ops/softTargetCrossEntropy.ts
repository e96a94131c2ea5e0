import "../kernels/generated/softTargetCrossEntropy.ts";
import { defineOp } from "../graph/op.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import type { Kernel } from "../kernels/kernel.ts";
import { defineKernel } from "../kernels/kernel.ts";
import { sameShape } from "../kernels/types.ts";
import { expectInput, shapeError } from "./checks.ts";
import { logSoftmax } from "./logSoftmax.ts";
import { mul } from "./mul.ts";
import { neg } from "./neg.ts";
import { reshape } from "./reshape.ts";
import { rowGroups, rowView, softmaxCost, suitsWorkgroups } from "./row_kernels.ts";
import { softmax } from "./softmax.ts";
import { sub } from "./sub.ts";
import { sum } from "./sum.ts";

export const softTargetCrossEntropyOp = defineOp<null>({
  name: "softTargetCrossEntropy",
  inputs: ["logits", "targets"],
  outputs: ["loss"],
  type: (inputs) => {
    const logits = expectInput("softTargetCrossEntropy", inputs, 0, 2);
    const targets = expectInput("softTargetCrossEntropy", inputs, 1, 2);
    if (!sameShape(logits.shape, targets.shape)) {
      throw shapeError("softTargetCrossEntropy", inputs, "logits and targets differ in shape", "one shape");
    }
    return [{ shape: logits.shape.slice(0, 1), dtype: "f32" }];
  },
  saves: ["logits", "targets"],
  vjp: (dy, saved) => {
    const [logits, targets] = [saved("logits"), saved("targets")];
    const rows = reshape(dy, [-1, 1]);
    const shares = mul(sum(targets, { axes: -1, keepDims: true }), softmax(logits));
    return [mul(rows, sub(shares, targets)), neg(mul(rows, logSoftmax(logits)))];
  },
  kernels: [kernel("workgroup"), kernel("serial")],
  cost: softmaxCost,
});

function kernel(way: "workgroup" | "serial"): Kernel<null> {
  return defineKernel<`softTargetCrossEntropy/${typeof way}`, null>({
    file: `softTargetCrossEntropy/${way}`,
    suits: (request, traits) => way === "serial" || suitsWorkgroups(request, traits),
    params: rowView,
    workgroups: rowGroups(way),
  });
}

/**
 * Σ_c targets · (log Σ exp(logits) − logits) of each row, the cross-entropy with a distribution where the targets are
 * one; finite for all finite logits. Both have gradients.
 * @param logits f32 [batch, classes]
 * @param targets f32 [batch, classes]
 * @returns f32 [batch]
 * @throws ShapeError where the inputs are of other types
 */
export function softTargetCrossEntropy(logits: Tensor, targets: Tensor): Tensor {
  return apply(softTargetCrossEntropyOp, [logits, targets], null);
}
