import "../kernels/generated/lookahead.ts";
import type { Tensor } from "../graph/tensor.ts";
import { record } from "../graph/tensor.ts";
import { defineFlatUpdate } from "./flat_update.ts";

export interface LookaheadAttributes {
  /** k: the fast weights join the slow ones after each k-th step. */
  readonly steps: number;
  /** α: how far the slow weights then go. */
  readonly slowStep: number;
}

export const lookaheadOp = defineFlatUpdate<"lookahead/lookahead", LookaheadAttributes>({
  name: "lookahead",
  read: [],
  overwritten: ["parameters", "slowWeights"],
  file: "lookahead/lookahead",
  flops: 3,
  params: (vectors, { steps, slowStep }) => ({ vectors, steps, slow_step: slowStep }),
});

/**
 * What Lookahead (Zhang et al. 2019, Algorithm 1) does behind its inner optimizer: where the step is a k-th,
 * φ ← φ + α · (θ − φ) and θ ← φ.
 * @param parameters flat state, θ as the inner optimizer left it
 * @param slowWeights flat state of the same length, φ; at first what θ is at first
 * @returns both, in the storage of the old
 */
export function lookahead(
  parameters: Tensor,
  slowWeights: Tensor,
  attributes: LookaheadAttributes,
): readonly Tensor[] {
  return record(lookaheadOp, [parameters, slowWeights], attributes);
}
