import { adadelta as adadeltaOp } from "../ops/adadelta.ts";
import type { Optimizer } from "./optimizer.ts";
import { defineOptimizer } from "./optimizer.ts";
import type { UpdateOptions } from "./update_plan.ts";
import { checkPositive, checkShare, planUpdate } from "./update_plan.ts";

export interface AdadeltaOptions extends UpdateOptions {
  /** 1 by default: the paper has none. */
  readonly learningRate?: number;
  /** ρ: how much of the mean squares of gradients and steps stays; 0.95 by default. */
  readonly rho?: number;
  /** Inside both roots; 1e-6 by default. */
  readonly epsilon?: number;
}

/**
 * AdaDelta: Zeiler, 2012 (arXiv:1212.5701), algorithm 1: Δ = √(E[Δ²] + ε) / √(E[g²] + ε) · g, θ ← θ − η · Δ, with the paper's
 * ρ 0.95 and ε 1e-6 (its section 4.1).
 * @throws UsageError that names the setting which is out of range
 */
export function adadelta(options: AdadeltaOptions = {}): Optimizer {
  const { learningRate = 1, rho = 0.95, epsilon = 1e-6 } = options;
  const plan = planUpdate("adadelta", learningRate, options);
  checkShare("adadelta", "rho", rho);
  checkPositive("adadelta", "epsilon", epsilon);
  const attributes = { rho, epsilon, weightDecay: plan.weightDecay };
  return defineOptimizer({
    name: "adadelta",
    plan,
    settings: { rho, epsilon },
    moments: ["squareAverage", "stepAverage"],
    apply: ({ gradients, segments, parameters, moment }) =>
      adadeltaOp(gradients, segments, parameters, moment(0), moment(1), attributes),
  });
}
