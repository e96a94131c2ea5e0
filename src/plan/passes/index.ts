import type { Graph } from "../../graph/graph.ts";
import type { Choices } from "../../kernels/tuning_table.ts";
import { untuned } from "../../kernels/tuning_table.ts";
import { commonSubexpressions } from "./common_subexpressions.ts";
import { deadCode } from "./dead_code.ts";
import { fuseElementwise } from "./fuse_elementwise.ts";
import { fuseEpilogue } from "./fuse_epilogue.ts";
import { fuseLossGradient } from "./fuse_loss_gradient.ts";
import { lowerConvolution } from "./lower_convolution.ts";
import { maskBeforeUnpooling } from "./mask_before_unpooling.ts";
import { measureBeforeUnpooling } from "./measure_before_unpooling.ts";
import type { Pass, PassName } from "./pass.ts";
import { simplify } from "./simplify.ts";
import { splitMatmuls } from "./split_matmuls.ts";
import { splitReductions } from "./split_reductions.ts";
import { splitScans } from "./split_scans.ts";
import { splitSoftmaxes } from "./split_softmaxes.ts";
import { winograd } from "./winograd.ts";

/** Later ones see what earlier ones made; simplification and sharing run again on what lowering wrote out. */
const order: readonly Pass[] = [
  deadCode,
  simplify,
  commonSubexpressions,
  fuseLossGradient,
  maskBeforeUnpooling,
  measureBeforeUnpooling,
  splitScans,
  splitSoftmaxes,
  splitReductions,
  fuseElementwise,
  fuseEpilogue,
  winograd,
  lowerConvolution,
  splitMatmuls,
  splitReductions,
  simplify,
  commonSubexpressions,
];

/** All of them: what leaves out every pass runs a graph node by node. */
export const passNames: readonly PassName[] = order.map(({ name }) => name);

/**
 * Rewrites a graph by all passes but those switched off.
 * @param choices what tuning found; untuned by default
 * @param workspaceBytes that a tensor made on the way may take, as `workspaceOf` says; any number by default
 */
export function runPasses(
  graph: Graph,
  without: readonly PassName[] = [],
  choices: Choices = untuned,
  workspaceBytes = Number.POSITIVE_INFINITY,
): Graph {
  return order
    .filter((pass) => !without.includes(pass.name))
    .reduce((result, pass) => pass.run(result, choices, workspaceBytes), graph);
}
