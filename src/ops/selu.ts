import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import { eluOp } from "./elu.ts";

const attributes = { alpha: 1.6732632423543772, scale: 1.0507009873554805, rate: 1 };

/**
 * λ · x where x > 0, else λ · α · (eˣ − 1), with λ = 1.0507… and α = 1.6733…, which keep means at 0 and variances at 1.
 * Klambauer and others, "Self-normalizing neural networks", NIPS 2017.
 */
export function selu(x: Tensor): Tensor {
  return apply(eluOp, [x], attributes);
}
