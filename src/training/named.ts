import { adam, adamW } from "../optim/adam.ts";
import type { Optimizer } from "../optim/optimizer.ts";
import { sgd } from "../optim/sgd.ts";
import { specialOptimizers } from "../optim/special_names.ts";

export type { ScheduleName } from "../optim/schedules/index.ts";
export { scheduleNamed, scheduleNames } from "../optim/schedules/index.ts";

/** Optimizers that a recipe or the command line can name. */
const optimizers = {
  sgd: (learningRate: number) => sgd({ learningRate }),
  momentum: (learningRate: number) => sgd({ learningRate, momentum: 0.9 }),
  nesterov: (learningRate: number) => sgd({ learningRate, momentum: 0.9, nesterov: true }),
  adam: (learningRate: number) => adam({ learningRate }),
  adamW: (learningRate: number) => adamW({ learningRate }),
  ...specialOptimizers,
} as const;

export type OptimizerName = keyof typeof optimizers;

export const optimizerNames = Object.keys(optimizers) as readonly OptimizerName[];

export const optimizerNamed = (name: OptimizerName, learningRate: number): Optimizer =>
  optimizers[name](learningRate);
