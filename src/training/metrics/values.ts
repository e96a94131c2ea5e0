import { scalar } from "../../graph/leaves.ts";
import type { Tensor } from "../../graph/tensor.ts";
import { abs } from "../../ops/abs.ts";
import { reshape } from "../../ops/reshape.ts";
import { slice } from "../../ops/slice.ts";
import { square } from "../../ops/square.ts";
import { sub } from "../../ops/sub.ts";
import { sum } from "../../ops/sum.ts";
import { where } from "../../ops/where.ts";
import type { BatchTargets } from "../batch_sums.ts";
import { rSquaredOf } from "./derived.ts";
import type { Measure, Metric } from "./metric.ts";
import { expectTarget } from "./metric.ts";

/** The mean of |prediction − target| over all examples and values. */
export const meanAbsoluteError = (): Metric<"meanAbsoluteError", number> => ({
  name: "meanAbsoluteError",
  measure: (target) => overAll(expectTarget("meanAbsoluteError", target, "values").names.length, abs),
});

/** The mean of (prediction − target)² over all examples and values. */
export const meanSquaredError = (): Metric<"meanSquaredError", number> => ({
  name: "meanSquaredError",
  measure: (target) => overAll(expectTarget("meanSquaredError", target, "values").names.length, square),
});

/** The square root of the mean of (prediction − target)². */
export const rootMeanSquaredError = (): Metric<"rootMeanSquaredError", number> => ({
  name: "rootMeanSquaredError",
  measure: (target) => {
    const width = expectTarget("rootMeanSquaredError", target, "values").names.length;
    return overAll(width, square, Math.sqrt);
  },
});

/**
 * R² = 1 − Σ (y − ŷ)² / Σ (y − ȳ)²: 1 for perfect predictions, 0 for those of the mean, NaN where the targets do not vary. Of
 * several values, the mean of each one's. The targets' variance is the dataset's own, computed by the host in f64.
 */
export const rSquared = (): Metric<"rSquared", number> => ({
  name: "rSquared",
  measure: (target) => {
    const { variances } = expectTarget("rSquared", target, "values");
    return {
      kind: "sums",
      width: variances.length,
      sums: (prediction, targets) => {
        const squares = square(errorsOf(prediction, targets));
        return variances.map((_, column) => sum(slice(squares, [null, column])));
      },
      result: (residuals, count) => {
        const each = variances.map((variance, at) => rSquaredOf(residuals[at] ?? 0, variance, count));
        return each.reduce((total, value) => total + value, 0) / each.length;
      },
    };
  },
});

/** The mean of what a function makes of errors, over examples and values. */
function overAll(
  width: number,
  of: (errors: Tensor) => Tensor,
  last: (mean: number) => number = (mean) => mean,
): Measure<number> {
  return {
    kind: "sums",
    width: 1,
    sums: (prediction, targets) => [sum(of(errorsOf(prediction, targets)))],
    result: ([total = 0], count) => last(total / (count * width)),
  };
}

/** Prediction − target, 0 where there is no example. */
function errorsOf(prediction: Tensor, { y, present }: BatchTargets): Tensor {
  const errors = sub(prediction, y);
  if (!present) return errors;
  return where(reshape(present, [-1, 1]), errors, scalar(0));
}
