import type { Graph } from "../../graph/graph.ts";
import type { Choices } from "../../kernels/tuning_table.ts";

/** A rewriting of the graph that keeps its results. Each can be switched off by name. */
export interface Pass {
  readonly name: PassName;
  /**
   * @param choices what tuning found, for passes that choose between ways to do the same
   * @param workspaceBytes that a tensor made on the way may take
   */
  run(graph: Graph, choices: Choices, workspaceBytes: number): Graph;
}

/** In the order in which they run; some run again after others. */
export const passNames = [
  "deadCode",
  "simplify",
  "commonSubexpressions",
  "fuseLossGradient",
  "maskBeforeUnpooling",
  "measureBeforeUnpooling",
  "splitScans",
  "splitSoftmaxes",
  "splitReductions",
  "fuseElementwise",
  "fuseEpilogue",
  "winograd",
  "lowerConvolution",
  "splitMatmuls",
] as const;

export type PassName = (typeof passNames)[number];
