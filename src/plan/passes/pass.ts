import type { Graph } from "../../graph/graph.ts";

/** A rewriting of the graph that keeps its results. Each can be switched off by name. */
export interface Pass {
  readonly name: PassName;
  run(graph: Graph): Graph;
}

/** In the order in which they run; some run again after others. */
export const passNames = [
  "deadCode",
  "simplify",
  "commonSubexpressions",
  "fuseLossGradient",
  "fuseElementwise",
  "fuseEpilogue",
  "winograd",
  "lowerConvolution",
  "splitSums",
] as const;

export type PassName = (typeof passNames)[number];
