import { adabelief as adabeliefOp } from "../ops/adabelief.ts";
import type { AdaptiveOptions } from "./adam.ts";
import { adaptiveSettings, biasCorrections } from "./adam.ts";
import type { Optimizer } from "./optimizer.ts";
import { defineOptimizer } from "./optimizer.ts";

export interface AdabeliefOptions extends AdaptiveOptions {
  /** ε is added to the moment too, at every step, as in the paper's algorithm; true by default. */
  readonly epsilonInside?: boolean;
}

/**
 * AdaBelief: Zhuang et al., NeurIPS 2020, algorithm 2: s ← β₂ · s + (1 − β₂) · (g − m)² + ε in place of Adam's second moment,
 * with its defaults, which are Adam's: η 1e-3, β 0.9 and 0.999, ε 1e-8 (the authors' later program: 1e-16).
 * @throws UsageError that names the setting which is out of range
 */
export function adabelief(options: AdabeliefOptions = {}): Optimizer {
  const { decoupled = false, epsilonInside = true } = options;
  const { plan, settings } = adaptiveSettings("adabelief", options);
  const own = { ...settings, decoupled, epsilonInside };
  return defineOptimizer({
    name: "adabelief",
    plan,
    settings: own,
    moments: ["firstMoment", "belief"],
    apply: ({ gradients, segments, parameters, moment }) =>
      adabeliefOp(gradients, segments, parameters, moment(0), moment(1), {
        ...own,
        weightDecay: plan.weightDecay,
      }),
    coefficients: (step) => biasCorrections(settings, step),
  });
}
