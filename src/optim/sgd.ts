import { UsageError } from "../device/errors.ts";
import type { MomentumForm } from "../ops/momentum.ts";
import { momentum as momentumOf } from "../ops/momentum.ts";
import { sgd as sgdOf } from "../ops/sgd.ts";
import type { Optimizer } from "./optimizer.ts";
import { defineOptimizer } from "./optimizer.ts";
import type { UpdateOptions } from "./update_plan.ts";
import { checkShare, planUpdate } from "./update_plan.ts";

export interface SgdOptions extends UpdateOptions {
  readonly learningRate: number;
  /** How much of the velocity stays from step to step; 0, none, by default. */
  readonly momentum?: number;
  /**
   * `accumulate` (default): v ← β · v + g, as PyTorch. `average`: v ← β · v + (1 − β) · g. Both step by −η · v.
   * `step`: v ← β · v − η · g, θ ← θ + v, where what was learned at one rate stays when a schedule changes it.
   */
  readonly form?: MomentumForm;
  /** Look ahead by the next velocity; false by default. */
  readonly nesterov?: boolean;
}

/**
 * Stochastic gradient descent, θ ← θ − η · (g + λ · θ) (Robbins and Monro 1951), with momentum where it is given (Polyak
 * 1964; Nesterov's look ahead as Sutskever, Martens, Dahl and Hinton 2013). None of them names a rate for all problems.
 * @throws UsageError that names the setting which is out of range
 */
export function sgd(options: SgdOptions): Optimizer {
  const { learningRate, momentum = 0, form = "accumulate", nesterov = false } = options;
  const plan = planUpdate("sgd", learningRate, options);
  const { weightDecay } = plan;
  checkShare("sgd", "momentum", momentum);
  if (nesterov && momentum === 0) {
    throw new UsageError({ where: "sgd(nesterov)", problem: "there is no momentum to look ahead with" });
  }
  const settings = { momentum, form, nesterov };
  if (momentum === 0) {
    return defineOptimizer({
      name: "sgd",
      plan,
      settings,
      moments: [],
      apply: ({ gradients, segments, parameters }) => [
        sgdOf(gradients, segments, parameters, { weightDecay }),
      ],
    });
  }
  return defineOptimizer({
    name: "sgd",
    plan,
    settings,
    moments: ["velocity"],
    apply: ({ gradients, segments, parameters, moment }) =>
      momentumOf(gradients, segments, parameters, moment(0), { ...settings, weightDecay }),
  });
}
