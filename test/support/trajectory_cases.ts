import * as optim from "../../src/optim/index.ts";
import { adamRule, momentumRule, sgdRule } from "./optimizer_rules.ts";
import type { TrajectoryCase } from "./trajectories.ts";

/** Rates for steps along the gradient. */
const steep = { quadratic: 0.1, Rosenbrock: 2e-4, "small MLP": 0.1 };
const withMomentum = { quadratic: 0.02, Rosenbrock: 4e-5, "small MLP": 0.02 };
/** Rates for steps of about η whatever the gradient's size. */
const adaptive = { quadratic: 0.01, Rosenbrock: 5e-3, "small MLP": 0.01 };
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
];
