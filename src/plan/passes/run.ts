import type { Graph } from "../../graph/graph.ts";
import type { Pass } from "../../graph/op.ts";
import type { PassName } from "../../graph/pass_names.ts";
import type { Choices } from "../../kernels/tuning_table.ts";
import { untuned } from "../../kernels/tuning_table.ts";

/** Later ones see what earlier ones made; simplification and sharing run again on what lowering wrote out. */
const order: readonly PassName[] = [
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
  "splitReductions",
  "simplify",
  "commonSubexpressions",
];

/** What passes go by besides the graph. */
export interface PassOptions {
  /** Passes to leave out. */
  readonly without?: readonly PassName[] | undefined;
  /** What tuning found; untuned by default. */
  readonly choices?: Choices | undefined;
  /** That a tensor made on the way may take, as `workspaceOf` says; any number by default. */
  readonly workspaceBytes?: number | undefined;
}

/** Rewrites a graph by those passes that are given, each in its places. */
export function runGiven(
  passes: readonly Pass[],
  graph: Graph,
  { without = [], choices = untuned, workspaceBytes = Number.POSITIVE_INFINITY }: PassOptions = {},
): Graph {
  return order
    .filter((name) => !without.includes(name))
    .flatMap((name) => passes.filter((pass) => pass.name === name))
    .reduce((result, pass) => pass.run(result, choices, workspaceBytes), graph);
}
