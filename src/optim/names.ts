import { unknownName } from "../device/nearest_names.ts";
import { adabelief } from "./adabelief.ts";
import { adabound } from "./adabound.ts";
import { adadelta } from "./adadelta.ts";
import { adagrad } from "./adagrad.ts";
import { adaHessian } from "./adahessian.ts";
import { adam, adamW } from "./adam.ts";
import { adamax, amsgrad, nadam, radam } from "./adam_variants.ts";
import { lamb } from "./lamb.ts";
import { lbfgs } from "./lbfgs.ts";
import { lion } from "./lion.ts";
import { lookahead } from "./lookahead.ts";
import type { Optimizer } from "./optimizer.ts";
import { rmsprop } from "./rmsprop.ts";
import { sgd } from "./sgd.ts";

/** An optimizer that a command line can name. */
export interface NamedOptimizer {
  /** What it is and who published it. */
  readonly description: string;
  /** Of its paper; of common libraries where the paper leaves it open. */
  readonly learningRate: number;
  make(learningRate: number): Optimizer;
}

const table = {
  sgd: {
    description: "gradient descent: Robbins and Monro 1951 (rate of common libraries)",
    learningRate: 0.01,
    make: (learningRate) => sgd({ learningRate }),
  },
  momentum: {
    description: "gradient descent with momentum 0.9: Polyak 1964 (rate of common libraries)",
    learningRate: 0.01,
    make: (learningRate) => sgd({ learningRate, momentum: 0.9 }),
  },
  nesterov: {
    description: "Nesterov's momentum, 0.9: Sutskever et al. 2013 (rate of common libraries)",
    learningRate: 0.01,
    make: (learningRate) => sgd({ learningRate, momentum: 0.9, nesterov: true }),
  },
  adam: {
    description: "adaptive moments: Kingma and Ba 2015, algorithm 1",
    learningRate: 1e-3,
    make: (learningRate) => adam({ learningRate }),
  },
  adamw: {
    description: "Adam with decoupled weight decay, 0.01: Loshchilov and Hutter 2019, algorithm 2",
    learningRate: 1e-3,
    make: (learningRate) => adamW({ learningRate }),
  },
  amsgrad: {
    description: "Adam by the largest second moment: Reddi, Kale and Kumar 2018, algorithm 2",
    learningRate: 1e-3,
    make: (learningRate) => amsgrad({ learningRate }),
  },
  nadam: {
    description: "Adam with Nesterov's look ahead: Dozat 2016, algorithm 2",
    learningRate: 2e-3,
    make: (learningRate) => nadam({ learningRate }),
  },
  radam: {
    description: "Adam with rectified variance: Liu et al. 2020, algorithm 2",
    learningRate: 1e-3,
    make: (learningRate) => radam({ learningRate }),
  },
  adamax: {
    description: "Adam by a fading maximum of gradients: Kingma and Ba 2015, algorithm 2",
    learningRate: 2e-3,
    make: (learningRate) => adamax({ learningRate }),
  },
  rmsprop: {
    description: "gradients over their root mean square: Tieleman and Hinton 2012, lecture 6.5",
    learningRate: 1e-3,
    make: (learningRate) => rmsprop({ learningRate }),
  },
  adagrad: {
    description: "gradients over the root of all their squares: Duchi, Hazan and Singer 2011, figure 1",
    learningRate: 0.01,
    make: (learningRate) => adagrad({ learningRate }),
  },
  adadelta: {
    description: "steps in the parameters' units: Zeiler 2012, algorithm 1",
    learningRate: 1,
    make: (learningRate) => adadelta({ learningRate }),
  },
  adabelief: {
    description: "Adam by gradients' distance from their mean: Zhuang et al. 2020, algorithm 2",
    learningRate: 1e-3,
    make: (learningRate) => adabelief({ learningRate }),
  },
  adabound: {
    description: "Adam's step sizes in bounds that close on 0.1: Luo et al. 2019, algorithm 2",
    learningRate: 1e-3,
    make: (learningRate) => adabound({ learningRate }),
  },
  lion: {
    description: "the sign of mixed momentum: Chen et al. 2023, algorithm 2",
    learningRate: 1e-4,
    make: (learningRate) => lion({ learningRate }),
  },
  lamb: {
    description: "AdamW's direction, scaled to each tensor's norm: You et al. 2020, algorithm 2",
    learningRate: 1e-3,
    make: (learningRate) => lamb({ learningRate }),
  },
  lookahead: {
    description: "slow weights behind Adam: Zhang et al. 2019, algorithm 1",
    learningRate: 1e-3,
    make: (learningRate) => lookahead(adam({ learningRate })),
  },
  adahessian: {
    description: "Adam by the Hessian's diagonal: Yao et al. 2021, algorithm 1",
    learningRate: 0.15,
    make: (learningRate) => adaHessian({ learningRate }),
  },
  lbfgs: {
    description: "quasi-Newton steps with line search, for whole batches: Liu and Nocedal 1989",
    learningRate: 1,
    make: (learningRate) => lbfgs({ learningRate }),
  },
} as const satisfies Readonly<Record<string, NamedOptimizer>>;

/** By command-line name. */
export const namedOptimizers: Readonly<Record<OptimizerName, NamedOptimizer>> = table;

export type OptimizerName = keyof typeof table;

export const optimizerNames = Object.keys(table) as readonly OptimizerName[];

/**
 * An optimizer by its name on the command line, in capitals or not, with all settings but the rate at their defaults.
 * @throws UsageError where there is none of that name, with the nearest; where the rate is negative or not finite
 */
export function optimizerNamed(name: string, options: { readonly learningRate?: number } = {}): Optimizer {
  const known = optimizerNames.find((candidate) => candidate === name.toLowerCase());
  if (known === undefined) throw unknownName("optimizer", name, optimizerNames);
  const { learningRate, make } = namedOptimizers[known];
  return make(options.learningRate ?? learningRate);
}
