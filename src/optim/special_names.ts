import { adaHessian } from "./adahessian.ts";
import { adam } from "./adam.ts";
import { lamb } from "./lamb.ts";
import { lbfgs } from "./lbfgs.ts";
import { lookahead } from "./lookahead.ts";

/** Optimizers of more than one dispatch, by their names on the command line. Lookahead is around Adam there, as in its paper's language models. */
export const specialOptimizers = {
  lookahead: (learningRate: number) => lookahead(adam({ learningRate })),
  lamb: (learningRate: number) => lamb({ learningRate }),
  adahessian: (learningRate: number) => adaHessian({ learningRate }),
  lbfgs: (learningRate: number) => lbfgs({ learningRate }),
} as const;

/** Learning rates that suit MNIST: Adam's own, one tried for LAMB, which its paper ties to the batch, and those of the papers. */
export const specialLearningRates: Readonly<Record<keyof typeof specialOptimizers, number>> = {
  lookahead: 1e-3,
  lamb: 1e-2,
  adahessian: 0.15,
  lbfgs: 1,
};
