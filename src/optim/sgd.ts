import { UsageError } from "../device/errors.ts";
import { momentum as momentumOf } from "../ops/momentum.ts";
import { sgd as sgdOf } from "../ops/sgd.ts";
import type { Optimizer } from "./optimizer.ts";
import { checkDecay, checkRate, checkShare, defineOptimizer } from "./optimizer.ts";

export interface SgdOptions {
  readonly learningRate: number;
  /** How much of the velocity stays from step to step; 0, none, by default. */
  readonly momentum?: number;
  /** `accumulate` (default): v ← β · v + g, as PyTorch. `average`: v ← β · v + (1 − β) · g. */
  readonly form?: "accumulate" | "average";
  /** Look ahead by the next velocity; false by default. */
  readonly nesterov?: boolean;
  /** λ of an L2 penalty: its gradient λ · θ is added; 0 by default. */
  readonly weightDecay?: number;
  /** Decay biases too; false by default. */
  readonly decayBiases?: boolean;
}

/** Stochastic gradient descent, with momentum where it is given. */
export function sgd(options: SgdOptions): Optimizer {
  const { learningRate, momentum = 0, form = "accumulate", nesterov = false } = options;
  const { weightDecay = 0, decayBiases = false } = options;
  checkRate("sgd", learningRate);
  checkShare("sgd", "momentum", momentum);
  checkDecay("sgd", weightDecay);
  if (nesterov && momentum === 0) {
    throw new UsageError({ where: "sgd(nesterov)", problem: "there is no momentum to look ahead with" });
  }
  const settings = { learningRate, momentum, form, nesterov, weightDecay, decayBiases };
  if (momentum === 0) {
    return defineOptimizer({
      name: "sgd",
      settings,
      moments: [],
      decayBiases,
      apply: (gradients, segments, parameters) => [sgdOf(gradients, segments, parameters, { weightDecay })],
    });
  }
  return defineOptimizer({
    name: "sgd",
    settings,
    moments: ["velocity"],
    decayBiases,
    apply: (gradients, segments, parameters, [velocity]) => {
      if (!velocity) throw new Error("internal: momentum without velocity");
      return momentumOf(gradients, segments, parameters, velocity, { momentum, form, nesterov, weightDecay });
    },
  });
}
