import { scalar } from "../graph/leaves.ts";
import type { Tensor } from "../graph/tensor.ts";
import { add } from "./add.ts";
import { equal } from "./equal.ts";
import { sqrt } from "./sqrt.ts";
import { sub } from "./sub.ts";
import type { VarianceOptions } from "./variance.ts";
import { variance } from "./variance.ts";

/**
 * The square root of `variance`, with the same options. Where all elements are equal, its gradient is 0, as in PyTorch.
 * @throws UsageError where no more elements than the correction are folded
 * @throws ShapeError where there is no such axis
 */
export function standardDeviation(x: Tensor, options: VarianceOptions = {}): Tensor {
  const squared = variance(x, options);
  // √'s slope at 0 is infinite: there the root of 1 is taken instead, whose slope times 0 is 0.
  const none = equal(squared, scalar(0));
  return sub(sqrt(add(squared, none)), none);
}
