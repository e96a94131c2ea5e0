import { lion as lionOp } from "../ops/lion.ts";
import type { AdaptiveOptions } from "./adam.ts";
import type { Optimizer } from "./optimizer.ts";
import { defineOptimizer } from "./optimizer.ts";
import { checkShare, planUpdate } from "./update_plan.ts";

/** β₂ is how much of the mean gradient stays, β₁ its share in the direction. */
export interface LionOptions extends Omit<AdaptiveOptions, "epsilon"> {
  /** Decay acts on the parameters alone, θ ← θ − η · λ · θ; true by default. */
  readonly decoupled?: boolean;
}

/**
 * Lion: Chen et al., "Symbolic Discovery of Optimization Algorithms", NeurIPS 2023, algorithm 2:
 * θ ← θ − η · (sign(β₁ · m + (1 − β₁) · g) + λ · θ), m ← β₂ · m + (1 − β₂) · g, with its β of 0.9 and 0.99. η, 1e-4 by default as
 * in the authors' program, wants to be 3 to 10 times smaller than AdamW's, λ as much larger (section 5); λ is 0 by default.
 * @throws UsageError that names the setting which is out of range
 */
export function lion(options: LionOptions = {}): Optimizer {
  const { learningRate = 1e-4, beta1 = 0.9, beta2 = 0.99, decoupled = true } = options;
  const plan = planUpdate("lion", learningRate, options);
  checkShare("lion", "beta1", beta1);
  checkShare("lion", "beta2", beta2);
  const settings = { beta1, beta2, decoupled };
  return defineOptimizer({
    name: "lion",
    plan,
    settings,
    moments: ["firstMoment"],
    apply: ({ gradients, segments, parameters, moment }) =>
      lionOp(gradients, segments, parameters, moment(0), { ...settings, weightDecay: plan.weightDecay }),
  });
}
