import "../kernels/generated/correct.ts";
import { defineOp } from "../graph/op.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import { expectLogitsAndLabels } from "./labels.ts";
import { serialRows } from "./row_kernels.ts";

export const correctOp = defineOp<null>({
  name: "correct",
  inputs: ["logits", "labels"],
  outputs: ["out"],
  type: (inputs) => {
    const [, labels] = expectLogitsAndLabels("correct", inputs);
    return [{ shape: labels.shape, dtype: "f32" }];
  },
  kernels: [serialRows("correct/serial")],
});

/**
 * 1 for each row whose `argmax` is its label, else 0; so a label that is no class, such as 0xFFFFFFFF, gives 0. Not
 * differentiable.
 * @param logits f32 [batch, classes]
 * @param labels u32 [batch]
 * @returns f32 [batch]
 */
export function correct(logits: Tensor, labels: Tensor): Tensor {
  return apply(correctOp, [logits, labels], null);
}
