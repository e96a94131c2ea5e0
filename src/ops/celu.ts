import { UsageError } from "../device/errors.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import { eluOp } from "./elu.ts";

/**
 * x where x > 0, else α · (e^(x/α) − 1), whose gradient is continuous: 1 at 0, whatever α. Barron, "Continuously
 * differentiable exponential linear units", 2017.
 * @param alpha α, 1 by default
 * @throws UsageError where α is not positive and finite
 */
export function celu(x: Tensor, alpha = 1): Tensor {
  if (!(alpha > 0 && Number.isFinite(alpha))) {
    const expected = "a positive number";
    throw new UsageError({ where: "celu", problem: "wrong alpha", got: String(alpha), expected });
  }
  return apply(eluOp, [x], { alpha, scale: 1, rate: 1 / alpha });
}
