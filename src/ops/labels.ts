import type { TensorType } from "../kernels/types.ts";
import { expectInput, shapeError, sizeAt } from "./checks.ts";

/** A label that is never a class: the row has no loss, no gradient, and no part in what is counted right. */
export const ignoredLabel = 0xffffffff;

/** Logits f32 [batch, classes] and labels u32 [batch]. @throws ShapeError */
export function expectLogitsAndLabels(op: string, inputs: readonly TensorType[]): [TensorType, TensorType] {
  const logits = expectInput(op, inputs, 0, 2);
  const labels = expectInput(op, inputs, 1, 1, "u32");
  if (sizeAt(logits.shape, 0) !== sizeAt(labels.shape, 0)) {
    throw shapeError(op, inputs, "there is not one label a row", "f32[batch, classes] and u32[batch]");
  }
  return [logits, labels];
}
