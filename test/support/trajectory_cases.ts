import * as optim from "../../src/optim/index.ts";
import { adadeltaRule, adagradRule, rmspropRule } from "./adaptive_rate_rules.ts";
import {
  adabeliefRule,
  adaboundRule,
  adamaxRule,
  adamRule,
  amsgradRule,
  lionRule,
  momentumRule,
  nadamRule,
  radamRule,
  sgdRule,
} from "./optimizer_rules.ts";
import type { TrajectoryCase } from "./trajectories.ts";

/** Rates for steps along the gradient. */
const steep = { quadratic: 0.1, Rosenbrock: 2e-4, "small MLP": 0.1 };
const withMomentum = { quadratic: 0.02, Rosenbrock: 4e-5, "small MLP": 0.02 };
/** Rates for steps of about η whatever the gradient's size. */
const adaptive = { quadratic: 0.01, Rosenbrock: 5e-3, "small MLP": 0.01 };
/** Without bias correction early steps are longer; at the larger rates RMSProp swings about minima, where signs decide. */
const printed = { quadratic: 2e-3, Rosenbrock: 5e-4, "small MLP": 2e-3 };
/** The first steps go along the mean gradient, however long it is. */
const rectified = { quadratic: 0.02, Rosenbrock: 5e-4, "small MLP": 0.02 };
const slow = { quadratic: 1e-3, Rosenbrock: 5e-4, "small MLP": 1e-3 };
const growing = { quadratic: 0.1, Rosenbrock: 0.02, "small MLP": 0.1 };
const unscaled = { quadratic: 1, Rosenbrock: 1, "small MLP": 1 };
/** Rates whose tenfold gradient descent bears: the bounds close on it. */
const bounded = { quadratic: 0.01, Rosenbrock: 2e-5, "small MLP": 0.01 };
/** Short steps: where a mean of gradients passes through 0, its sign hangs on the last bit. */
const signs = { quadratic: 2e-3, Rosenbrock: 1e-3, "small MLP": 2e-3 };
const graves = { centred: true, smoothing: 0.95, momentum: 0.9, epsilon: 1e-4, epsilonInside: true };
/** Falls, so that a rate in the wrong place shows. */
const falling = (t: number) => 1 / (1 + t / 20);

export const trajectoryCases: readonly TrajectoryCase[] = [
  {
    name: "sgd, L2, falling rate",
    learningRates: steep,
    optimizer: (learningRate) => optim.sgd({ learningRate, weightDecay: 0.01 }),
    rule: sgdRule(0.01),
    schedule: falling,
  },
  {
    name: "momentum, accumulate",
    learningRates: withMomentum,
    optimizer: (learningRate) => optim.sgd({ learningRate, momentum: 0.9 }),
    rule: momentumRule(0.9, "accumulate"),
    schedule: falling,
  },
  {
    name: "momentum, average",
    learningRates: steep,
    optimizer: (learningRate) => optim.sgd({ learningRate, momentum: 0.9, form: "average" }),
    rule: momentumRule(0.9, "average"),
  },
  {
    name: "nesterov, L2",
    learningRates: withMomentum,
    optimizer: (learningRate) =>
      optim.sgd({ learningRate, momentum: 0.9, nesterov: true, weightDecay: 0.01 }),
    rule: momentumRule(0.9, "accumulate", true, 0.01),
  },
  {
    name: "adam",
    learningRates: adaptive,
    optimizer: (learningRate) => optim.adam({ learningRate }),
    rule: adamRule(),
  },
  {
    name: "adam, L2, falling rate",
    learningRates: adaptive,
    optimizer: (learningRate) => optim.adam({ learningRate, weightDecay: 0.01 }),
    rule: adamRule({ decay: 0.01 }),
    schedule: falling,
  },
  {
    name: "adamW",
    learningRates: adaptive,
    optimizer: (learningRate) => optim.adamW({ learningRate, weightDecay: 0.1 }),
    rule: adamRule({ decay: 0.1, decoupled: true }),
  },
  {
    name: "momentum, step, falling rate",
    learningRates: withMomentum,
    optimizer: (learningRate) => optim.sgd({ learningRate, momentum: 0.9, form: "step", weightDecay: 0.01 }),
    rule: momentumRule(0.9, "step", false, 0.01),
    schedule: falling,
  },
  {
    name: "nesterov, step, falling rate",
    learningRates: withMomentum,
    optimizer: (learningRate) => optim.sgd({ learningRate, momentum: 0.9, form: "step", nesterov: true }),
    rule: momentumRule(0.9, "step", true),
    schedule: falling,
  },
  {
    name: "amsgrad",
    learningRates: adaptive,
    optimizer: (learningRate) => optim.amsgrad({ learningRate }),
    rule: amsgradRule(),
  },
  {
    name: "amsgrad as printed, L2",
    learningRates: printed,
    optimizer: (learningRate) => optim.amsgrad({ learningRate, biasCorrection: false, weightDecay: 0.01 }),
    rule: amsgradRule({ biasCorrection: false, decay: 0.01 }),
    schedule: falling,
  },
  {
    name: "nadam",
    learningRates: adaptive,
    optimizer: (learningRate) => optim.nadam({ learningRate }),
    rule: nadamRule(),
  },
  {
    name: "nadam, decoupled decay, falling rate",
    learningRates: adaptive,
    optimizer: (learningRate) => optim.nadam({ learningRate, weightDecay: 0.1, decoupled: true }),
    rule: nadamRule({ decay: 0.1, decoupled: true }),
    schedule: falling,
  },
  {
    name: "radam",
    learningRates: rectified,
    optimizer: (learningRate) => optim.radam({ learningRate }),
    rule: radamRule(),
  },
  {
    name: "radam, L2",
    learningRates: rectified,
    optimizer: (learningRate) => optim.radam({ learningRate, weightDecay: 0.01 }),
    rule: radamRule({ decay: 0.01 }),
    schedule: falling,
  },
  {
    name: "adamax",
    learningRates: adaptive,
    optimizer: (learningRate) => optim.adamax({ learningRate }),
    rule: adamaxRule(),
  },
  {
    name: "adamax, L2",
    learningRates: adaptive,
    optimizer: (learningRate) => optim.adamax({ learningRate, weightDecay: 0.01 }),
    rule: adamaxRule({ decay: 0.01 }),
    schedule: falling,
  },
  {
    name: "adabelief",
    learningRates: adaptive,
    optimizer: (learningRate) => optim.adabelief({ learningRate }),
    rule: adabeliefRule(),
  },
  {
    name: "adabelief, ε outside, decoupled decay",
    learningRates: adaptive,
    optimizer: (learningRate) =>
      optim.adabelief({ learningRate, epsilonInside: false, weightDecay: 0.1, decoupled: true }),
    rule: adabeliefRule({ epsilonInside: false, decay: 0.1, decoupled: true }),
  },
  ...Object.entries(bounded).map(
    ([problem, rate]): TrajectoryCase => ({
      name: "adabound",
      learningRates: { [problem]: rate },
      optimizer: (learningRate) =>
        optim.adabound({ learningRate, finalLearningRate: 10 * rate, gamma: 0.1, amsbound: false }),
      rule: adaboundRule({ learningRate: rate, finalLearningRate: 10 * rate, gamma: 0.1, amsbound: false }),
      schedule: falling,
    }),
  ),
  ...Object.entries(bounded).map(
    ([problem, rate]): TrajectoryCase => ({
      name: "amsbound",
      learningRates: { [problem]: rate },
      optimizer: (learningRate) =>
        optim.adabound({ learningRate, finalLearningRate: 10 * rate, gamma: 0.1, amsbound: true }),
      rule: adaboundRule({ learningRate: rate, finalLearningRate: 10 * rate, gamma: 0.1, amsbound: true }),
      schedule: falling,
    }),
  ),
  {
    name: "lion",
    learningRates: signs,
    optimizer: (learningRate) => optim.lion({ learningRate }),
    rule: lionRule(),
  },
  {
    name: "lion, decay",
    learningRates: signs,
    optimizer: (learningRate) => optim.lion({ learningRate, weightDecay: 0.1 }),
    rule: lionRule({ decay: 0.1 }),
    schedule: falling,
  },
  {
    name: "rmsprop",
    learningRates: printed,
    optimizer: (learningRate) => optim.rmsprop({ learningRate }),
    rule: rmspropRule(),
  },
  {
    name: "rmsprop, ε inside, L2",
    learningRates: printed,
    optimizer: (learningRate) =>
      optim.rmsprop({ learningRate, epsilon: 1e-4, epsilonInside: true, weightDecay: 0.01 }),
    rule: rmspropRule({ epsilon: 1e-4, epsilonInside: true, decay: 0.01 }),
  },
  {
    name: "rmsprop, momentum",
    learningRates: slow,
    optimizer: (learningRate) => optim.rmsprop({ learningRate, momentum: 0.9 }),
    rule: rmspropRule({ momentum: 0.9 }),
    schedule: falling,
  },
  {
    name: "rmsprop, centred as Graves",
    learningRates: slow,
    optimizer: (learningRate) => optim.rmsprop({ learningRate, ...graves }),
    rule: rmspropRule(graves),
  },
  {
    name: "rmsprop, centred, no momentum",
    learningRates: slow,
    optimizer: (learningRate) => optim.rmsprop({ learningRate, centred: true, epsilon: 1e-2 }),
    rule: rmspropRule({ centred: true, epsilon: 1e-2 }),
  },
  {
    name: "adagrad",
    learningRates: growing,
    optimizer: (learningRate) => optim.adagrad({ learningRate }),
    rule: adagradRule(),
  },
  {
    name: "adagrad, L2",
    learningRates: growing,
    optimizer: (learningRate) => optim.adagrad({ learningRate, weightDecay: 0.01 }),
    rule: adagradRule(1e-10, 0.01),
    schedule: falling,
  },
  {
    name: "adadelta",
    learningRates: unscaled,
    optimizer: (learningRate) => optim.adadelta({ learningRate }),
    rule: adadeltaRule(),
  },
  {
    name: "adadelta, L2",
    learningRates: unscaled,
    optimizer: (learningRate) => optim.adadelta({ learningRate, weightDecay: 0.01 }),
    rule: adadeltaRule(0.95, 1e-6, 0.01),
    schedule: falling,
  },
];
