import { adaHessian, signStream } from "../../src/optim/adahessian.ts";
import { adam, sgd } from "../../src/optim/index.ts";
import { lamb } from "../../src/optim/lamb.ts";
import { lbfgs } from "../../src/optim/lbfgs.ts";
import { lookahead } from "../../src/optim/lookahead.ts";
import { adamRule, momentumRule } from "./optimizer_rules.ts";
import { adaHessianRule, lambRule, lbfgsRule, lookaheadRule } from "./special_rules.ts";
import type { TrajectoryCase } from "./trajectories.ts";

const falling = (t: number) => 1 / (1 + t / 20);
/** LAMB's steps do not get shorter at a minimum, where they then jump about as rounding has it. */
const beforeTheMinimum = { quadratic: 5e-3, Rosenbrock: 5e-3, "small MLP": 0.01 };
/** Newton's step is the first that a search tries. */
const newtonRates = { quadratic: 1, Rosenbrock: 1, "small MLP": 1 };

/** L-BFGS with so many pairs. */
export const lbfgsCase = (history: number): TrajectoryCase => ({
  name: `lbfgs, ${history} pairs`,
  learningRates: newtonRates,
  optimizer: (learningRate) => lbfgs({ learningRate, history }),
  rule: lbfgsRule(history),
});

/** Optimizers of more than one dispatch. */
export const specialCases: readonly TrajectoryCase[] = [
  {
    name: "lookahead around adam",
    learningRates: { quadratic: 0.01, Rosenbrock: 5e-3, "small MLP": 0.01 },
    optimizer: (learningRate) => lookahead(adam({ learningRate })),
    rule: lookaheadRule(adamRule(), 5, 0.5),
  },
  {
    name: "lookahead around momentum, k 7",
    learningRates: { quadratic: 0.02, Rosenbrock: 4e-5, "small MLP": 0.02 },
    optimizer: (learningRate) => lookahead(sgd({ learningRate, momentum: 0.9 }), { steps: 7, slowStep: 0.8 }),
    rule: lookaheadRule(momentumRule(0.9, "accumulate"), 7, 0.8),
    schedule: falling,
  },
  {
    name: "lamb",
    learningRates: beforeTheMinimum,
    optimizer: (learningRate) => lamb({ learningRate }),
    rule: lambRule(0.01),
  },
  {
    name: "lamb, falling rate",
    learningRates: beforeTheMinimum,
    optimizer: (learningRate) => lamb({ learningRate, weightDecay: 0.1 }),
    rule: lambRule(0.1),
    schedule: falling,
  },
  {
    name: "adaHessian",
    learningRates: { quadratic: 0.15, Rosenbrock: 0.15, "small MLP": 0.05 },
    optimizer: (learningRate) => adaHessian({ learningRate }),
    rule: adaHessianRule(1, signStream),
  },
  {
    name: "adaHessian, half power",
    learningRates: { quadratic: 0.05, Rosenbrock: 0.01, "small MLP": 0.01 },
    optimizer: (learningRate) => adaHessian({ learningRate, hessianPower: 0.5 }),
    rule: adaHessianRule(0.5, signStream),
    schedule: falling,
  },
];
