import { gradient } from "../autograd/gradient.ts";
import { scalar } from "../graph/leaves.ts";
import type { Tensor } from "../graph/tensor.ts";
import type { Shape } from "../kernels/types.ts";
import type { ParameterKind, ParameterSet } from "../nn/parameters.ts";
import { adaHessian as adaHessianOf } from "../ops/adaHessian.ts";
import { add } from "../ops/add.ts";
import { broadcastTo } from "../ops/broadcast.ts";
import { mean } from "../ops/mean.ts";
import { mul } from "../ops/mul.ts";
import { randomBernoulli } from "../ops/randomBernoulli.ts";
import { sub } from "../ops/sub.ts";
import { sum } from "../ops/sum.ts";
import type { AdamOptions } from "./adam.ts";
import type { Optimizer } from "./optimizer.ts";
import { defineOptimizer } from "./optimizer.ts";
import { checkSetting, checkShare, planUpdate } from "./update_plan.ts";

/** As Adam's, but for the learning rate, 0.15 by default, and ε, 1e-4 by default. */
export interface AdaHessianOptions extends AdamOptions {
  /** k: the power of the curvature's root mean square that a step is divided by; 1 by default. */
  readonly hessianPower?: number;
}

/**
 * AdaHessian: Yao et al., AAAI 2021, Algorithm 1: Adam's first moment of the gradient over the root mean square of the Hessian's
 * diagonal. Hutchinson's estimate D = z ⊙ Hz takes z of ±1 from Philox, anew in each step, and Hz is the gradient of
 * Σ g · z; filters of convolutions share the mean of D over their window (the paper's spatial averaging; its code also
 * averages absolute values there, and blocks of dense weights for language models, which this does not). η 0.15, β 0.9 and
 * 0.999, k 1 are the paper's; ε 1e-4 is of the authors' code, since the paper has none. Weight decay is decoupled.
 * Costs about another backward pass.
 * @throws UsageError that names the setting which is out of range
 */
export function adaHessian(options: AdaHessianOptions = {}): Optimizer {
  const { learningRate = 0.15, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-4, hessianPower = 1 } = options;
  const name = "adaHessian";
  const plan = planUpdate(name, learningRate, options);
  checkShare(name, "beta1", beta1);
  checkShare(name, "beta2", beta2);
  checkSetting(name, "epsilon", epsilon, epsilon > 0, "above 0");
  checkSetting(
    name,
    "hessianPower",
    hessianPower,
    hessianPower > 0 && hessianPower <= 1,
    "above 0 and at most 1",
  );
  const attributes = { beta1, beta2, epsilon, weightDecay: plan.weightDecay, hessianPower };
  return defineOptimizer({
    name,
    plan,
    settings: { beta1, beta2, epsilon, hessianPower },
    moments: ["firstMoment", "secondMoment"],
    apply: ({ gradients, segments, parameters, moment, model, own }) => {
      const curvature = model.pack(hessianDiagonal(model, own));
      return adaHessianOf(gradients, segments, curvature, parameters, moment(0), moment(1), attributes);
    },
    coefficients: (step) => ({
      coefficient1: 1 / (1 - beta1 ** step),
      coefficient2: 1 / (1 - beta2 ** step),
    }),
  });
}

/** The first of the streams that signs are drawn from, one a parameter: far above those of a model's layers. */
export const signStream = 0xada0_0000;

/**
 * Hutchinson's estimate of the Hessian's diagonal, one tensor a parameter, averaged over the windows of convolutions.
 * @param gradients of the loss that the Hessian is of, as a graph: it is differentiated again
 */
function hessianDiagonal({ parameters, tensors }: ParameterSet, gradients: readonly Tensor[]): Tensor[] {
  const signs = parameters.map(({ shape }, index) => randomSigns(shape, signStream + index));
  const products = gradients.flatMap((slope, index) => {
    const sign = signs[index];
    return sign ? [sum(mul(slope, sign))] : [];
  });
  const along = gradient(
    products.reduce((total, product) => add(total, product)),
    tensors,
  );
  return parameters.map(({ shape, kind }, index) => {
    const [sign, product] = [signs[index], along[index]];
    if (!sign || !product) throw new Error("internal: a parameter without a sign");
    const axes = windowAxes(shape, kind);
    const estimate = mul(sign, product);
    return axes.length === 0 ? estimate : broadcastTo(mean(estimate, { axes, keepDims: true }), shape);
  });
}

const randomSigns = (shape: Shape, stream: number): Tensor =>
  sub(mul(randomBernoulli(shape, { stream, probability: 0.5 }), scalar(2)), scalar(1));

/** Filters of convolutions are the weights of more than two axes: their last two are channels, the others the window. */
function windowAxes(shape: Shape, kind: ParameterKind): number[] {
  return kind === "weight" && shape.length > 2 ? [...shape.keys()].slice(0, -2) : [];
}
