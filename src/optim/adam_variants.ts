import type { Tensor } from "../graph/tensor.ts";
import type { AdaptiveAttributes } from "../ops/adam.ts";
import { adamax as adamaxOp } from "../ops/adamax.ts";
import { amsgrad as amsgradOp } from "../ops/amsgrad.ts";
import { nadam as nadamOp } from "../ops/nadam.ts";
import { radam as radamOp } from "../ops/radam.ts";
import type { AdaptiveOptions } from "./adam.ts";
import { adaptiveSettings, biasCorrections } from "./adam.ts";
import type { Optimizer } from "./optimizer.ts";
import { defineOptimizer } from "./optimizer.ts";
import { checkSetting } from "./update_plan.ts";

export interface AmsgradOptions extends AdaptiveOptions {
  /** Correct moments that start at zero, as Adam does; true by default. */
  readonly biasCorrection?: boolean;
}

/**
 * AMSGrad: Reddi, Kale and Kumar, ICLR 2018, algorithm 2: Adam by the largest second moment so far, v̂ ← max(v̂, v). The
 * algorithm is printed without bias correction "for simplicity": `biasCorrection: false`. With it, as PyTorch and Keras
 * have it, the maximum is of moments before their correction, so that the step's size may still grow by the correction.
 * Adam's defaults.
 * @throws UsageError that names the setting which is out of range
 */
export function amsgrad(options: AmsgradOptions = {}): Optimizer {
  const { biasCorrection = true, decoupled = false } = options;
  const { plan, settings } = adaptiveSettings("amsgrad", options);
  return defineOptimizer({
    name: "amsgrad",
    plan,
    settings: { ...settings, decoupled, biasCorrection },
    moments: ["firstMoment", "secondMoment", "largestMoment"],
    apply: ({ gradients, segments, parameters, moment }) =>
      amsgradOp(gradients, segments, parameters, moment(0), moment(1), moment(2), {
        ...settings,
        decoupled,
        weightDecay: plan.weightDecay,
      }),
    coefficients: (step) => (biasCorrection ? biasCorrections(settings, step) : {}),
  });
}

export interface NadamOptions extends AdaptiveOptions {
  /** ψ of the momentum's schedule μₜ = β₁ · (1 − ½ · 0.96^(t · ψ)); 0.004 by default. */
  readonly momentumDecay?: number;
}

/**
 * NAdam: Dozat, "Incorporating Nesterov Momentum into Adam", ICLR workshop 2016, algorithm 2, with its momentum schedule
 * μₜ = β₁ · (1 − ½ · 0.96^(t / 250)). η 2e-3, β 0.9 and 0.999, ε 1e-8, as PyTorch and Keras give it.
 * @throws UsageError that names the setting which is out of range
 */
export function nadam(options: NadamOptions = {}): Optimizer {
  const { momentumDecay = 0.004 } = options;
  const given = adaptiveSettings("nadam", options, 0, 2e-3);
  const { beta1, beta2 } = given.settings;
  const valid = Number.isFinite(momentumDecay) && momentumDecay >= 0;
  checkSetting("nadam", "momentumDecay", momentumDecay, valid, "a finite number of at least 0");
  const momentum = (step: number) => beta1 * (1 - 0.5 * 0.96 ** (step * momentumDecay));
  const product = runningProduct(momentum);
  return variant(
    "nadam",
    nadamOp,
    ["firstMoment", "secondMoment"],
    options,
    given,
    { momentumDecay },
    (step) => ({
      coefficient1: momentum(step + 1) / (1 - product(step + 1)),
      coefficient2: 1 / (1 - beta2 ** step),
      coefficient3: (1 - momentum(step)) / (1 - product(step)),
    }),
  );
}

/**
 * RAdam: Liu et al., "On the Variance of the Adaptive Learning Rate and Beyond", ICLR 2020, algorithm 2: while the
 * variance of 1 / √v is intractable (ρₜ ≤ 4) a step by the mean gradient, later Adam's times the rectification rₜ. ε stands
 * beside √v before its correction, as in the authors' program; the paper has none. Adam's defaults.
 * @throws UsageError that names the setting which is out of range
 */
export function radam(options: AdaptiveOptions = {}): Optimizer {
  const given = adaptiveSettings("radam", options);
  const { beta1, beta2 } = given.settings;
  const limit = 2 / (1 - beta2) - 1;
  const rectification = (step: number): number => {
    const length = limit - (2 * step * beta2 ** step) / (1 - beta2 ** step);
    if (length <= 4) return 0;
    return Math.sqrt((((length - 4) * (length - 2)) / ((limit - 4) * (limit - 2))) * (limit / length));
  };
  return variant("radam", radamOp, ["firstMoment", "secondMoment"], options, given, {}, (step) => ({
    coefficient1: 1 / (1 - beta1 ** step),
    coefficient2: rectification(step) * Math.sqrt(1 - beta2 ** step),
  }));
}

/**
 * AdaMax: Kingma and Ba, ICLR 2015, algorithm 2, with its defaults: η 2e-3, β 0.9 and 0.999. ε, 1e-8, is added to |g|, as
 * PyTorch does, which keeps 0 / 0 away.
 * @throws UsageError that names the setting which is out of range
 */
export function adamax(options: AdaptiveOptions = {}): Optimizer {
  const given = adaptiveSettings("adamax", options, 0, 2e-3);
  const { beta1 } = given.settings;
  return variant("adamax", adamaxOp, ["firstMoment", "infinityNorm"], options, given, {}, (step) => ({
    coefficient1: 1 / (1 - beta1 ** step),
  }));
}

type AdaptiveOp = (
  gradients: Tensor,
  segments: Tensor,
  parameters: Tensor,
  first: Tensor,
  second: Tensor,
  attributes: AdaptiveAttributes,
) => readonly Tensor[];

/** An optimizer of two moments around an op with Adam's attributes. */
function variant(
  name: string,
  op: AdaptiveOp,
  moments: readonly [string, string],
  { decoupled = false }: AdaptiveOptions,
  { plan, settings }: ReturnType<typeof adaptiveSettings>,
  own: Readonly<Record<string, number>>,
  coefficients: Parameters<typeof defineOptimizer>[0]["coefficients"],
): Optimizer {
  return defineOptimizer({
    name,
    plan,
    settings: { ...settings, decoupled, ...own },
    moments,
    apply: ({ gradients, segments, parameters, moment }) =>
      op(gradients, segments, parameters, moment(0), moment(1), {
        ...settings,
        decoupled,
        weightDecay: plan.weightDecay,
      }),
    ...(coefficients && { coefficients }),
  });
}

/** ∏ of a factor's values from step 1 on, going on from where it was last asked for. */
function runningProduct(factor: (step: number) => number): (step: number) => number {
  let [at, product] = [0, 1];
  return (step) => {
    if (step < at) [at, product] = [0, 1];
    while (at < step) product *= factor(++at);
    return product;
  };
}
