/** All passes at once, for whatever plans every graph: tuning, benchmarks, tests. */
import type { Graph } from "../../graph/graph.ts";
import type { Pass } from "../../graph/op.ts";
import type { PassName } from "../../graph/pass_names.ts";
import type { Choices } from "../../kernels/tuning_table.ts";
import { lowerConvolution } from "../../ops/passes/lower_convolution.ts";
import { maskBeforeUnpooling } from "../../ops/passes/mask_before_unpooling.ts";
import { measureBeforeUnpooling } from "../../ops/passes/measure_before_unpooling.ts";
import { splitOtherReductions } from "../../ops/passes/split_other_reductions.ts";
import { splitScans } from "../../ops/passes/split_scans.ts";
import { splitSoftmaxes } from "../../ops/passes/split_softmaxes.ts";
import { winograd } from "../../ops/passes/winograd.ts";
import { runGiven } from "./run.ts";
import { usualPasses } from "./usual.ts";

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
