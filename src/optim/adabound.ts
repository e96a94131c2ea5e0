import { UsageError } from "../device/errors.ts";
import { adabound as adaboundOp } from "../ops/adabound.ts";
import { amsbound as amsboundOp } from "../ops/amsbound.ts";
import type { AdaptiveOptions } from "./adam.ts";
import { adaptiveSettings } from "./adam.ts";
import type { Optimizer } from "./optimizer.ts";
import { defineOptimizer } from "./optimizer.ts";
import { checkPositive } from "./update_plan.ts";

export interface AdaboundOptions extends AdaptiveOptions {
  /** α*: the rate of gradient descent that both bounds end at; 0.1 by default. Schedules and groups scale it as they do η. */
  readonly finalLearningRate?: number;
  /** γ: how fast the bounds close; 1e-3 by default. */
  readonly gamma?: number;
  /** By the largest second moment so far: AMSBound, algorithm 3; false by default. */
  readonly amsbound?: boolean;
}

/**
 * AdaBound: Luo, Xiong, Liu and Sun, ICLR 2019, algorithm 2: Adam's step sizes, clipped to
 * α* · (1 − 1 / (γ · t + 1)) … α* · (1 + 1 / (γ · t)), which turns Adam into gradient descent. Defaults are the paper's: η 1e-3,
 * β 0.9 and 0.999, α* 0.1, γ = 1 − β₂ = 1e-3. As in the authors' program moments are bias-corrected, ε is 1e-8, and the
 * algorithm's further factor 1 / √t, which its experiments do without, is left to a schedule.
 * @throws UsageError that names the setting which is out of range
 */
export function adabound(options: AdaboundOptions = {}): Optimizer {
  const { finalLearningRate = 0.1, gamma = 1e-3, amsbound = false, decoupled = false } = options;
  const { plan, settings } = adaptiveSettings("adabound", options);
  const { learningRate } = plan;
  const { beta1, beta2 } = settings;
  checkPositive("adabound", "finalLearningRate", finalLearningRate);
  checkPositive("adabound", "gamma", gamma);
  if (learningRate === 0) {
    const problem = "the bounds are multiples of the learning rate, which is 0";
    throw new UsageError({ where: "adabound(learningRate)", problem });
  }
  return defineOptimizer({
    name: "adabound",
    plan,
    settings: { ...settings, decoupled, finalLearningRate, gamma, amsbound },
    moments: ["firstMoment", "secondMoment", ...(amsbound ? ["largestMoment"] : [])],
    apply: ({ gradients, segments, parameters, moment }) => {
      const attributes = { ...settings, decoupled, weightDecay: plan.weightDecay };
      const [first, second] = [moment(0), moment(1)];
      return amsbound
        ? amsboundOp(gradients, segments, parameters, first, second, moment(2), attributes)
        : adaboundOp(gradients, segments, parameters, first, second, attributes);
    },
    coefficients: (step) => ({
      coefficient1: Math.sqrt(1 - beta2 ** step) / (1 - beta1 ** step),
      coefficient2: (finalLearningRate / learningRate) * (1 - 1 / (gamma * step + 1)),
      coefficient3: (finalLearningRate / learningRate) * (1 + 1 / (gamma * step)),
    }),
  });
}
