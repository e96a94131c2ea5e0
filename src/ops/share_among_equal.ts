import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import { div } from "./div.ts";
import { equal } from "./equal.ts";
import { mul } from "./mul.ts";
import type { ReductionAttributes } from "./reduction.ts";
import { sumOp } from "./sum.ts";

/** The gradient of an extreme: dy for the elements that equal it, shared where there are several. */
export function shareAmongEqual(
  dy: Tensor,
  x: Tensor,
  extreme: Tensor,
  { axis, count }: ReductionAttributes,
): Tensor {
  const chosen = equal(x, extreme);
  return mul(chosen, div(dy, apply(sumOp, [chosen], { axis, count })));
}
