import { ShapeError, UsageError } from "../device/errors.ts";
import { constantTensor } from "../graph/leaves.ts";
import type { Tensor } from "../graph/tensor.ts";
import type { Shape } from "../kernels/types.ts";
import { formatType, sameShape } from "../kernels/types.ts";
import { sizeAt } from "./checks.ts";
import { evenWeights } from "./label_adjoints.ts";
import { ignoredLabel } from "./labels.ts";
import type { LossOptions } from "./loss_reduction.ts";

/** What losses of labels take. */
export interface LabelOptions extends LossOptions {
  /**
   * A factor for each class, f32 [classes]: the loss of a row is multiplied by its label's, and the mean divides by the sum
   * of these factors. A constant to the gradient. Absent: 1 for each.
   */
  readonly classWeights?: Tensor | readonly number[] | undefined;
  /**
   * Rows with this label have loss 0 and gradient 0, and the mean does not count them. Labels that are no class, such as
   * 0xFFFFFFFF, have loss 0 and gradient 0 anyway; but the mean counts their rows, unless this option or
   * `classWeights` is given.
   */
  readonly ignoreIndex?: number | undefined;
}

/** Whether the mean is the plain one over all rows. */
export function isPlain({ classWeights, ignoreIndex }: LabelOptions): boolean {
  return classWeights === undefined && ignoreIndex === undefined;
}

export function classWeightsOf({ classWeights }: LabelOptions, classes: number): Tensor {
  if (classWeights === undefined) return evenWeights(classes);
  if (!isList(classWeights)) return classWeights;
  return constantTensor(Float32Array.from(classWeights), { shape: [classWeights.length], dtype: "f32" });
}

const isList = (value: Tensor | readonly number[]): value is readonly number[] => Array.isArray(value);

/** @throws UsageError where it is no u32 */
export function ignoreIndexOf(loss: string, { ignoreIndex = ignoredLabel }: LabelOptions): number {
  if (ignoreIndex >>> 0 === ignoreIndex) return ignoreIndex;
  throw new UsageError({
    where: loss,
    problem: "ignoreIndex is out of range",
    got: String(ignoreIndex),
    expected: "a u32",
    hint: "labels are u32: 0xFFFFFFFF is what −1 is elsewhere",
  });
}

/**
 * The shape of labels whose predictions have an axis of classes at their end.
 * @throws ShapeError where the target fits neither in shape nor in dtype
 */
export function expectLabels(loss: string, prediction: Tensor, target: Tensor): Shape {
  const rows = prediction.shape.slice(0, -1);
  if (prediction.shape.length > 0 && target.dtype === "u32" && sameShape(rows, target.shape)) return rows;
  throw new ShapeError({
    where: loss,
    problem: "the labels do not fit the prediction",
    got: `${formatType(prediction.type)} and ${formatType(target.type)}`,
    expected: "f32[…, classes] and u32[…]",
    hint: "classes are the last axis",
  });
}

/** [rows, classes] whatever axes there are before the classes. */
export function asRows(prediction: Tensor): Shape {
  const classes = sizeAt(prediction.shape, -1);
  return [prediction.shape.slice(0, -1).reduce((product, size) => product * size, 1), classes];
}
