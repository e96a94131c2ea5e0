import { UsageError } from "../../device/errors.ts";
import { scalar } from "../../graph/leaves.ts";
import type { Tensor } from "../../graph/tensor.ts";
import { argmax } from "../../ops/argmax.ts";
import { correct } from "../../ops/correct.ts";
import { labelRank } from "../../ops/labelRank.ts";
import { less } from "../../ops/less.ts";
import { matmul } from "../../ops/matmul.ts";
import { oneHot } from "../../ops/oneHot.ts";
import { reshape } from "../../ops/reshape.ts";
import { slice } from "../../ops/slice.ts";
import { sum } from "../../ops/sum.ts";
import { labelsOf } from "../batch_sums.ts";
import type { ClassScores, ConfusionMatrix } from "./derived.ts";
import { classScoresOf, confusionMatrixOf } from "./derived.ts";
import type { CountsMeasure, Metric } from "./metric.ts";
import { expectTarget } from "./metric.ts";

/** The share of examples whose largest output is their label's. */
export const accuracy = (): Metric<"accuracy", number> => ({
  name: "accuracy",
  measure: (target) => {
    expectTarget("accuracy", target, "labels");
    return {
      kind: "sums",
      width: 1,
      sums: (prediction, { y }) => [sum(correct(prediction, labelsOf(y)))],
      result: ([hits = 0], count) => hits / count,
    };
  },
});

/**
 * The share of examples whose label is among the k largest outputs; of equal outputs the first counts as larger, so `topK(1)`
 * is the accuracy. Its name is `top` and k.
 * @throws UsageError unless k is an integer of at least 1
 */
export function topK<K extends number>(k: K): Metric<`top${K}`, number> {
  if (!Number.isInteger(k) || k < 1) {
    const expected = "an integer of at least 1";
    throw new UsageError({ where: "metrics.topK", problem: "wrong k", got: String(k), expected });
  }
  return {
    name: `top${k}`,
    measure: (target) => {
      // A label that is no class has the number of classes as its rank.
      const among = Math.min(k, expectTarget("topK", target, "labels").classes.length);
      return {
        kind: "sums",
        width: 1,
        sums: (prediction, { y }) => [sum(less(labelRank(prediction, labelsOf(y)), scalar(among)))],
        result: ([hits = 0], count) => hits / count,
      };
    },
  };
}

/** How often each class was taken for each: `counts[label][prediction]`, exact below 2²⁴ a cell. */
export const confusionMatrix = (): Metric<"confusionMatrix", ConfusionMatrix> => ({
  name: "confusionMatrix",
  measure: (target) =>
    confusions(expectTarget("confusionMatrix", target, "labels").classes, (matrix) => matrix),
});

/** Precision, recall, F1 and support of each class, of the confusion matrix. */
export const perClass = (): Metric<"perClass", readonly ClassScores[]> => ({
  name: "perClass",
  measure: (target) => confusions(expectTarget("perClass", target, "labels").classes, classScoresOf),
});

/** Counted as a product: the labels' one-hot rows, transposed, times the predictions'. Whole numbers, so sums are exact. */
function confusions<Result>(
  classes: readonly string[],
  result: (matrix: ConfusionMatrix) => Result,
): CountsMeasure<Result> {
  const size = classes.length;
  return {
    kind: "counts",
    size: size * size,
    counts: (prediction, { y }) => {
      const told = oneHot(argmax(amongClasses(prediction, size), { axis: -1 }), size);
      const labels = oneHot(labelsOf(y), size);
      return reshape(matmul(labels, told, { transposeA: true }), [-1]);
    },
    result: (counts) => result(confusionMatrixOf(counts, classes)),
  };
}

/** Outputs beyond the dataset's classes are none that could be counted. */
const amongClasses = (prediction: Tensor, classes: number): Tensor =>
  slice(prediction, [null, { start: 0, stop: classes }]);
