import { rmsprop as rmspropOp } from "../ops/rmsprop.ts";
import { rmspropCentred } from "../ops/rmspropCentred.ts";
import { rmspropMomentum } from "../ops/rmspropMomentum.ts";
import type { Optimizer } from "./optimizer.ts";
import { defineOptimizer } from "./optimizer.ts";
import type { UpdateOptions } from "./update_plan.ts";
import { checkPositive, checkShare, planUpdate } from "./update_plan.ts";

export interface RmspropOptions extends UpdateOptions {
  /** 1e-3 by default. */
  readonly learningRate?: number;
  /** α: how much of the mean squared gradient stays; 0.9 by default. */
  readonly smoothing?: number;
  /** 1e-8 by default. */
  readonly epsilon?: number;
  /** √(n + ε), as Graves writes it, instead of √n + ε; false by default. */
  readonly epsilonInside?: boolean;
  /** β: how much of the velocity stays; 0, none, by default. */
  readonly momentum?: number;
  /** Divide by the root of the variance, not of the mean square; false by default. */
  readonly centred?: boolean;
}

/**
 * RMSProp: Tieleman and Hinton, "Neural Networks for Machine Learning", lecture 6.5, 2012: n ← 0.9 · n + 0.1 · g²,
 * θ ← θ − η · g / √n; the lecture names no η and no ε: 1e-3 and 1e-8 here. Centred and with momentum it is that of Graves,
 * "Generating Sequences With Recurrent Neural Networks", 2013, equations 38 to 41, whose settings are
 * `{ centred: true, smoothing: 0.95, momentum: 0.9, epsilon: 1e-4, epsilonInside: true, learningRate: 1e-4 }`; the rate is
 * outside of the velocity here, which differs from his only where a schedule changes it.
 * @throws UsageError that names the setting which is out of range
 */
export function rmsprop(options: RmspropOptions = {}): Optimizer {
  const { learningRate = 1e-3, smoothing = 0.9, epsilon = 1e-8, epsilonInside = false } = options;
  const { momentum = 0, centred = false } = options;
  const plan = planUpdate("rmsprop", learningRate, options);
  checkShare("rmsprop", "smoothing", smoothing);
  checkShare("rmsprop", "momentum", momentum);
  checkPositive("rmsprop", "epsilon", epsilon);
  const settings = { smoothing, epsilon, epsilonInside, momentum, centred };
  const attributes = { smoothing, epsilon, epsilonInside, momentum, weightDecay: plan.weightDecay };
  return defineOptimizer({
    name: "rmsprop",
    plan,
    settings,
    moments: [
      "squareAverage",
      ...(centred ? ["average"] : []),
      ...(centred || momentum > 0 ? ["velocity"] : []),
    ],
    apply: ({ gradients, segments, parameters, moment }) => {
      const square = moment(0);
      if (centred) {
        return rmspropCentred(gradients, segments, parameters, square, moment(1), moment(2), attributes);
      }
      return momentum > 0
        ? rmspropMomentum(gradients, segments, parameters, square, moment(1), attributes)
        : rmspropOp(gradients, segments, parameters, square, attributes);
    },
  });
}
