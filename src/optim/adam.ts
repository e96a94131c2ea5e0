import { adam as adamOf } from "../ops/adam.ts";
import { adamW as adamWOf } from "../ops/adamW.ts";
import type { Optimizer } from "./optimizer.ts";
import { checkDecay, checkRate, checkSetting, checkShare, defineOptimizer } from "./optimizer.ts";

export interface AdamOptions {
  /** 1e-3 by default. */
  readonly learningRate?: number;
  /** How much of the mean gradient stays; 0.9 by default. */
  readonly beta1?: number;
  /** How much of the mean squared gradient stays; 0.999 by default. */
  readonly beta2?: number;
  /** Added to the root of the mean square; 1e-8 by default. */
  readonly epsilon?: number;
  /** λ; 0 by default for Adam, 0.01 for AdamW. */
  readonly weightDecay?: number;
  /** Decay biases too; false by default. */
  readonly decayBiases?: boolean;
}

/** Adam: Kingma and Ba, ICLR 2015. Weight decay is an L2 penalty: its gradient λ · θ goes through the moments. */
export const adam = (options: AdamOptions = {}): Optimizer => adaptive("adam", adamOf, 0, options);

/** AdamW: Loshchilov and Hutter, ICLR 2019. Weight decay acts on the parameters alone: θ ← θ − η · λ · θ. */
export const adamW = (options: AdamOptions = {}): Optimizer => adaptive("adamW", adamWOf, 0.01, options);

function adaptive(name: string, op: typeof adamOf, defaultDecay: number, options: AdamOptions): Optimizer {
  const { learningRate = 1e-3, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8 } = options;
  const { weightDecay = defaultDecay, decayBiases = false } = options;
  checkRate(name, learningRate);
  checkShare(name, "beta1", beta1);
  checkShare(name, "beta2", beta2);
  checkSetting(name, "epsilon", epsilon, epsilon > 0, "above 0");
  checkDecay(name, weightDecay);
  const attributes = { beta1, beta2, epsilon, weightDecay };
  return defineOptimizer({
    name,
    settings: { learningRate, ...attributes, decayBiases },
    moments: ["firstMoment", "secondMoment"],
    decayBiases,
    apply: (gradients, segments, parameters, [first, second]) => {
      if (!first || !second) throw new Error(`internal: ${name} without moments`);
      return op(gradients, segments, parameters, first, second, attributes);
    },
    coefficients: (step) => ({
      coefficient1: 1 / (1 - beta1 ** step),
      coefficient2: 1 / (1 - beta2 ** step),
    }),
  });
}
