/** All passes at once, for whatever plans every graph: tuning, benchmarks, tests. */
import type { Graph } from "../../graph/graph.ts";
import type { Choices } from "../../kernels/tuning_table.ts";
import { lowerConvolution } from "./lower_convolution.ts";
import { maskBeforeUnpooling } from "./mask_before_unpooling.ts";
import { measureBeforeUnpooling } from "./measure_before_unpooling.ts";
import type { Pass, PassName } from "./pass.ts";
import { runGiven } from "./run.ts";
import { splitOtherReductions } from "./split_other_reductions.ts";
import { splitScans } from "./split_scans.ts";
import { splitSoftmaxes } from "./split_softmaxes.ts";
import { usualPasses } from "./usual.ts";
import { winograd } from "./winograd.ts";

export const allPasses: readonly Pass[] = [
  ...usualPasses,
  maskBeforeUnpooling,
  measureBeforeUnpooling,
  splitScans,
  splitSoftmaxes,
  splitOtherReductions,
  winograd,
  lowerConvolution,
];

/** Rewrites a graph by all passes but those switched off. */
export function runPasses(
  graph: Graph,
  without?: readonly PassName[],
  choices?: Choices,
  workspaceBytes?: number,
): Graph {
  return runGiven(allPasses, graph, { without, choices, workspaceBytes });
}
