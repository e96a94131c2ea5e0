import "../kernels/generated/labelRank.ts";
import { defineOp } from "../graph/op.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import { expectLogitsAndLabels } from "./labels.ts";
import { serialRows } from "./row_kernels.ts";

export const labelRankOp = defineOp<null>({
  name: "labelRank",
  inputs: ["logits", "labels"],
  outputs: ["out"],
  type: (inputs) => {
    const [, labels] = expectLogitsAndLabels("labelRank", inputs);
    return [{ shape: labels.shape, dtype: "f32" }];
  },
  kernels: [serialRows("labelRank/serial")],
});

/**
 * How many classes a row of logits puts before its label: 0 where the label is the row's `argmax`, below k where it is among
 * the k largest. Of equal logits the first comes before the others, NaN counts as the largest, and a label that is no
 * class, such as 0xFFFFFFFF, comes after all. Not differentiable.
 * @param logits f32 [batch, classes]
 * @param labels u32 [batch]
 * @returns f32 [batch]
 * @throws ShapeError where there is not one label a row
 */
export function labelRank(logits: Tensor, labels: Tensor): Tensor {
  return apply(labelRankOp, [logits, labels], null);
}
