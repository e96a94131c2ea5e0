import { UsageError } from "../device/errors.ts";
import { scalar } from "../graph/leaves.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import { add } from "./add.ts";
import { castLike } from "./cast.ts";
import { mul } from "./mul.ts";
import type { ReduceOptions } from "./reduction.ts";
import { dropAxes, normaliseAxes, reductionView, runs, unrounded } from "./reduction.ts";
import { meanOver, squaredDeviationsOp } from "./squaredDeviations.ts";
import { sumOp } from "./sum.ts";

export interface VarianceOptions extends ReduceOptions {
  /** Subtracted from the number of elements in the divisor; 1 by default, which estimates without bias. */
  readonly correction?: number;
}

/**
 * Variance over axes, Σ (x − mean)² / (n − correction), in one pass over memory and without cancellation. As in PyTorch the
 * default correction is 1; TensorFlow.js and batch normalisation divide by n: `{ correction: 0 }`.
 * @throws UsageError where no more elements than the correction are folded
 * @throws ShapeError where there is no such axis
 */
export function variance(x: Tensor, { correction = 1, ...options }: VarianceOptions = {}): Tensor {
  const axes = normaliseAxes("variance", x.shape, options.axes);
  const elements = axes.reduce((product, axis) => product * (x.shape[axis] ?? 1), 1);
  if (!(elements > correction)) {
    throw new UsageError({
      where: "variance",
      problem: "there is nothing left to divide by",
      got: `${elements} elements and correction ${correction}`,
      expected: "more elements than the correction",
      hint: "pass { correction: 0 }",
    });
  }
  const scaled = mul(deviations(x, axes), scalar(1 / (elements - correction)));
  return castLike(options.keepDims ? scaled : dropAxes(scaled, axes), x);
}

/**
 * Σ (x − mean)² over axes that may lie apart: what each run of neighbours adds is what is left inside it, and so many
 * times the squared deviations of the means that it left.
 */
function deviations(x: Tensor, axes: readonly number[]): Tensor {
  let within: Tensor | null = null;
  let means = x;
  let elements = 1;
  for (const run of runs(axes).reverse()) {
    const between = mul(
      apply(squaredDeviationsOp, [means], { ...run, ...unrounded(means) }),
      scalar(elements),
    );
    within = within ? add(apply(sumOp, [within], run), between) : between;
    elements *= reductionView(means.shape, run).length;
    means = meanOver(means, run);
  }
  return within ?? mul(x, scalar(0));
}
