import type { Pass } from "../../graph/op.ts";
import { splitMatmuls } from "../../ops/passes/split_matmuls.ts";
import { splitReductions } from "../../ops/passes/split_reductions.ts";
import { commonSubexpressions } from "./common_subexpressions.ts";
import { deadCode } from "./dead_code.ts";
import { fuseElementwise } from "./fuse_elementwise.ts";
import { fuseEpilogue } from "./fuse_epilogue.ts";
import { simplify } from "./simplify.ts";

/** What is wanted by nearly every training step, or small. */
export const usualPasses: readonly Pass[] = [
  deadCode,
  simplify,
  commonSubexpressions,
  splitReductions,
  splitMatmuls,
  fuseElementwise,
  fuseEpilogue,
];
