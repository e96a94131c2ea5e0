import type { Graph } from "../../graph/graph.ts";
import { commonSubexpressions } from "./common_subexpressions.ts";
import { deadCode } from "./dead_code.ts";
import { fuseElementwise } from "./fuse_elementwise.ts";
import { fuseEpilogue } from "./fuse_epilogue.ts";
import { fuseLossGradient } from "./fuse_loss_gradient.ts";
import { lowerConvolution } from "./lower_convolution.ts";
import type { Pass, PassName } from "./pass.ts";
import { simplify } from "./simplify.ts";
import { splitSums } from "./split_sums.ts";
import { winograd } from "./winograd.ts";

/** Later ones see what earlier ones made; simplification and sharing run again on what lowering wrote out. */
const order: readonly Pass[] = [
  deadCode,
  simplify,
  commonSubexpressions,
  fuseLossGradient,
  fuseElementwise,
  fuseEpilogue,
  winograd,
  lowerConvolution,
  splitSums,
  simplify,
  commonSubexpressions,
];

/** Rewrites a graph by all passes but those switched off. */
export function runPasses(graph: Graph, without: readonly PassName[] = []): Graph {
  return order
    .filter((pass) => !without.includes(pass.name))
    .reduce((result, pass) => pass.run(result), graph);
}
