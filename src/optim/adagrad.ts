import { adagrad as adagradOp } from "../ops/adagrad.ts";
import type { Optimizer } from "./optimizer.ts";
import { defineOptimizer } from "./optimizer.ts";
import type { UpdateOptions } from "./update_plan.ts";
import { checkPositive, planUpdate } from "./update_plan.ts";

export interface AdagradOptions extends UpdateOptions {
  /** 0.01 by default. */
  readonly learningRate?: number;
  /** δ: added to the root of the sum of squares; 1e-10 by default. */
  readonly epsilon?: number;
}

/**
 * AdaGrad: Duchi, Hazan and Singer, JMLR 12, 2011, figure 1 with diagonal matrices: s ← s + g², θ ← θ − η · g / (√s + δ). The
 * paper leaves η and δ open: 0.01 and 1e-10 are PyTorch's.
 * @throws UsageError that names the setting which is out of range
 */
export function adagrad(options: AdagradOptions = {}): Optimizer {
  const { learningRate = 0.01, epsilon = 1e-10 } = options;
  const plan = planUpdate("adagrad", learningRate, options);
  checkPositive("adagrad", "epsilon", epsilon);
  return defineOptimizer({
    name: "adagrad",
    plan,
    settings: { epsilon },
    moments: ["squareSum"],
    apply: ({ gradients, segments, parameters, moment }) =>
      adagradOp(gradients, segments, parameters, moment(0), { epsilon, weightDecay: plan.weightDecay }),
  });
}
