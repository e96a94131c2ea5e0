import { lambApply } from "../ops/lambApply.ts";
import { lambDirection } from "../ops/lambDirection.ts";
import { reshape } from "../ops/reshape.ts";
import { segmentSums } from "../ops/segmentSums.ts";
import type { AdamOptions } from "./adam.ts";
import { blockOwners, blockStarts } from "./memory.ts";
import type { Optimizer } from "./optimizer.ts";
import { defineOptimizer } from "./optimizer.ts";
import { checkSetting, checkShare, planUpdate } from "./update_plan.ts";

/** As Adam's, but for λ, 0.01 by default, and ε, 1e-6 by default. */
export type LambOptions = AdamOptions;

/**
 * LAMB: You et al., ICLR 2020, Algorithm 2 with φ(z) = z: Adam's direction with decoupled weight decay, u = m̂ / (√v̂ + ε) + λ · θ, and for each
 * tensor θ ← θ − η · (‖θ‖ / ‖u‖) · u. Where a norm is 0 (biases at first) the ratio is 1, as in the authors' code. Defaults are the paper's:
 * β 0.9 and 0.999, ε 1e-6, λ 0.01; it ties the learning rate to the batch size, 1e-3 here. Four dispatches a step.
 * @throws UsageError that names the setting which is out of range
 */
export function lamb(options: LambOptions = {}): Optimizer {
  const { learningRate = 1e-3, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-6 } = options;
  const name = "lamb";
  const plan = planUpdate(name, learningRate, options, 0.01);
  checkShare(name, "beta1", beta1);
  checkShare(name, "beta2", beta2);
  checkSetting(name, "epsilon", epsilon, epsilon > 0, "above 0");
  const attributes = { beta1, beta2, epsilon, weightDecay: plan.weightDecay };
  return defineOptimizer({
    name,
    plan,
    settings: { beta1, beta2, epsilon },
    moments: ["firstMoment", "secondMoment"],
    apply: ({ gradients, segments, parameters, moment, model }) => {
      // Transforms may have written between parameters, and norms are of whole blocks.
      const cleaned = model.clean(gradients);
      const half = lambDirection(cleaned, segments, parameters, moment(0), moment(1), attributes);
      const [first, second, direction, squares] = half;
      if (!first || !second || !direction || !squares) throw new Error("internal: lamb without direction");
      const norms = reshape(segmentSums(reshape(squares, [-1, 2]), blockStarts(model)), [-1]);
      return [lambApply(direction, segments, blockOwners(model), norms, parameters), first, second];
    },
    coefficients: (step) => ({
      coefficient1: 1 / (1 - beta1 ** step),
      coefficient2: 1 / (1 - beta2 ** step),
    }),
  });
}
