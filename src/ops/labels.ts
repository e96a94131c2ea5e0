import type { TensorType } from "../kernels/types.ts";
import { expectInput, shapeError, sizeAt } from "./checks.ts";

/** A label that is never a class: the row has no loss, no gradient, and no part in what is counted right. */
export const ignoredLabel = 0xffffffff;

/** Which rows count, and by how much. */
export interface WeightedLabels {
  /** A label whose rows do not count; `ignoredLabel` where there is no other than those that are no class. */
  readonly ignoreIndex: number;
}

export interface SmoothedLabels extends WeightedLabels {
  /** The share of each label that goes to all classes alike, 0 ≤ labelSmoothing ≤ 1. */
  readonly labelSmoothing: number;
}

/** Logits f32 [batch, classes] and labels u32 [batch]. @throws ShapeError */
export function expectLogitsAndLabels(op: string, inputs: readonly TensorType[]): [TensorType, TensorType] {
  const logits = expectInput(op, inputs, 0, 2);
  const labels = expectInput(op, inputs, 1, 1, "u32");
  if (sizeAt(logits.shape, 0) !== sizeAt(labels.shape, 0)) {
    throw shapeError(op, inputs, "there is not one label a row", "f32[batch, classes] and u32[batch]");
  }
  return [logits, labels];
}

/** Input 2, f32 [classes] with input 0's number of classes. @throws ShapeError */
export function expectClassWeights(op: string, inputs: readonly TensorType[]): void {
  const weights = expectInput(op, inputs, 2, 1);
  if (sizeAt(weights.shape, 0) !== inputs[0]?.shape[1]) {
    throw shapeError(op, inputs, "there is not one weight a class", "f32[classes] as input 2");
  }
}
