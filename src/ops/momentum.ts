import "../kernels/generated/momentum.ts";
import type { Tensor } from "../graph/tensor.ts";
import { record } from "../graph/tensor.ts";
import type { WeightDecayAttributes } from "./optimizer.ts";
import { defineOptimizer } from "./optimizer.ts";

export type MomentumForm = "accumulate" | "average" | "step";

export interface MomentumAttributes extends WeightDecayAttributes {
  /** β, how much of the velocity stays. */
  readonly momentum: number;
  /**
   * `accumulate`: v ← β · v + g, as PyTorch. `average`: v ← β · v + (1 − β) · g, a running mean of gradients. Both step by
   * −η · v. `step`: v ← β · v − η · g, θ ← θ + v.
   */
  readonly form: MomentumForm;
  /** Step by the velocity that the next step would have if the gradient stayed. */
  readonly nesterov: boolean;
}

export const momentumOp = defineOptimizer<"momentum/momentum", MomentumAttributes>({
  name: "momentum",
  moments: ["velocity"],
  file: "momentum/momentum",
  flops: 10,
  constants: ({ nesterov, form }) => ({ NESTEROV: Number(nesterov), RATE_INSIDE: Number(form === "step") }),
  params: (vectors, { momentum, form, weightDecay }) => ({
    vectors,
    momentum,
    gain: form === "average" ? 1 - momentum : 1,
    weight_decay: weightDecay,
  }),
});

/**
 * A step of gradient descent with momentum (Polyak 1964), or with Nesterov's look ahead in the form of Sutskever,
 * Martens, Dahl and Hinton 2013 rewritten for the parameters that are kept; g includes λ · θ.
 * @param gradients flat, f32
 * @param segments two numbers for each 64 elements: multipliers of the learning rate and of λ
 * @param parameters flat state of the gradients' length
 * @param velocity flat state of the same length, zero at first
 * @returns the new parameters and velocity, in the storage of the old
 */
export function momentum(
  gradients: Tensor,
  segments: Tensor,
  parameters: Tensor,
  velocity: Tensor,
  attributes: MomentumAttributes,
): readonly Tensor[] {
  return record(momentumOp, [gradients, segments, parameters, velocity], attributes);
}
