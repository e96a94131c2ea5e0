import { convolutionMutations } from "./convolution.ts";
import { elementwiseMutations } from "./elementwise.ts";
import { gradientMutations } from "./gradients.ts";
import { lossMutations } from "./losses.ts";
import { matmulMutations } from "./matmul.ts";
import { movementMutations } from "./movement.ts";
import type { Mutation } from "./mutation.ts";
import { normalisationMutations } from "./normalisation.ts";
import { optimizerMutations } from "./optimizers.ts";
import { poolingMutations } from "./pooling.ts";
import { randomMutations } from "./random.ts";
import { reductionMutations } from "./reductions.ts";
import { specialOptimizerMutations } from "./special_optimizers.ts";
import { statisticsMutations } from "./statistics.ts";
import { transformMutations } from "./transforms.ts";

export const mutations: readonly Mutation[] = [
  ...gradientMutations,
  ...elementwiseMutations,
  ...matmulMutations,
  ...convolutionMutations,
  ...poolingMutations,
  ...reductionMutations,
  ...specialOptimizerMutations,
  ...normalisationMutations,
  ...lossMutations,
  ...movementMutations,
  ...randomMutations,
  ...optimizerMutations,
  ...transformMutations,
  ...statisticsMutations,
];
