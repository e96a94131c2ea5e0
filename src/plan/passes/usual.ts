import { commonSubexpressions } from "./common_subexpressions.ts";
import { deadCode } from "./dead_code.ts";
import { fuseElementwise } from "./fuse_elementwise.ts";
import { fuseEpilogue } from "./fuse_epilogue.ts";
import { fuseLossGradient } from "./fuse_loss_gradient.ts";
import type { Pass } from "./pass.ts";
import { simplify } from "./simplify.ts";
import { splitMatmuls } from "./split_matmuls.ts";
import { splitReductions } from "./split_reductions.ts";

/** What is wanted by nearly every training step, or small. */
export const usualPasses: readonly Pass[] = [
  deadCode,
  simplify,
  commonSubexpressions,
  fuseLossGradient,
  splitReductions,
  splitMatmuls,
  fuseElementwise,
  fuseEpilogue,
];
