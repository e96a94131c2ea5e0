import type { Graph } from "../../graph/graph.ts";
import type { Choices } from "../../kernels/tuning_table.ts";

/** A rewriting of the graph that keeps its results. Each can be switched off by name. */
export interface Pass {
  readonly name: PassName;
  /** @param choices what tuning found, for passes that choose between ways to do the same */
  run(graph: Graph, choices: Choices): Graph;
}

/** In the order in which they run; some run again after others. */
export const passNames = [
  "deadCode",
  "simplify",
  "commonSubexpressions",
  "fuseLossGradient",
  "maskBeforeUnpooling",
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
