import { commonSubexpressions } from "./common_subexpressions.ts";
import { deadCode } from "./dead_code.ts";
import { fuseElementwise } from "./fuse_elementwise.ts";
import { fuseEpilogue } from "./fuse_epilogue.ts";
import type { Pass } from "./pass.ts";
import { simplify } from "./simplify.ts";

/** What every graph is rewritten by. */
export const generalPasses: readonly Pass[] = [
  deadCode,
  simplify,
  commonSubexpressions,
  fuseElementwise,
  fuseEpilogue,
];
