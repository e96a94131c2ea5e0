import { adam as adamOp } from "../ops/adam.ts";
import { adamW as adamWOp } from "../ops/adamW.ts";
import type { Optimizer } from "./optimizer.ts";
import { defineOptimizer } from "./optimizer.ts";
import type { UpdateOptions, UpdatePlan } from "./update_plan.ts";
import { checkPositive, checkShare, planUpdate } from "./update_plan.ts";

export interface AdamOptions extends UpdateOptions {
  /** η; 1e-3 by default, where the optimizer names no other. */
  readonly learningRate?: number;
  /** How much of the mean gradient stays; 0.9 by default. */
  readonly beta1?: number;
  /** How much of the mean squared gradient stays; 0.999 by default. */
  readonly beta2?: number;
  /** Added to the root of the mean square; 1e-8 by default. */
  readonly epsilon?: number;
}

/** Adam's kin with both kinds of decay. */
export interface AdaptiveOptions extends AdamOptions {
  /** Decay acts on the parameters alone, as AdamW's does: θ ← θ − η · λ · θ; false by default. */
  readonly decoupled?: boolean;
}

/**
 * Adam: Kingma and Ba, ICLR 2015, algorithm 1, with its defaults: η 1e-3, β 0.9 and 0.999, ε 1e-8. Weight decay, 0 by
 * default, is an L2 penalty: its gradient λ · θ goes through the moments.
 * @throws UsageError that names the setting which is out of range
 */
export const adam = (options: AdamOptions = {}): Optimizer => withAdamOp("adam", adamOp, options, 0);

/**
 * AdamW: Loshchilov and Hutter, ICLR 2019, algorithm 2, with Adam's defaults. Weight decay acts on the parameters alone,
 * θ ← θ − η · λ · θ; the paper searches λ for each task, 0.01 is PyTorch's.
 * @throws UsageError that names the setting which is out of range
 */
export const adamW = (options: AdamOptions = {}): Optimizer => withAdamOp("adamW", adamWOp, options, 0.01);

function withAdamOp(name: string, op: typeof adamOp, options: AdamOptions, decay: number): Optimizer {
  const { plan, settings } = adaptiveSettings(name, options, decay);
  return defineOptimizer({
    name,
    plan,
    settings,
    moments: ["firstMoment", "secondMoment"],
    apply: ({ gradients, segments, parameters, moment }) =>
      op(gradients, segments, parameters, moment(0), moment(1), {
        ...settings,
        weightDecay: plan.weightDecay,
      }),
    coefficients: (step) => biasCorrections(settings, step),
  });
}

type AdaptiveSettings = Readonly<Record<"beta1" | "beta2" | "epsilon", number>>;

/** What Adam's kin have in common, checked, with the defaults of Adam but for what is given. */
export function adaptiveSettings(
  name: string,
  options: AdamOptions,
  defaultDecay = 0,
  defaultRate = 1e-3,
): { plan: UpdatePlan; settings: AdaptiveSettings } {
  const { learningRate = defaultRate, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8 } = options;
  const plan = planUpdate(name, learningRate, options, defaultDecay);
  checkShare(name, "beta1", beta1);
  checkShare(name, "beta2", beta2);
  checkPositive(name, "epsilon", epsilon);
  return { plan, settings: { beta1, beta2, epsilon } };
}

/** In f64: what moments that start at zero are multiplied with. */
export const biasCorrections = (
  { beta1, beta2 }: Pick<AdaptiveSettings, "beta1" | "beta2">,
  step: number,
) => ({
  coefficient1: 1 / (1 - beta1 ** step),
  coefficient2: 1 / (1 - beta2 ** step),
});
