import type { Graph } from "../../graph/graph.ts";
import { roots, sortedNodes } from "../../graph/graph.ts";
import type { Pass } from "../../graph/op.ts";
import type { PassName } from "../../graph/pass_names.ts";
import type { Choices } from "../../kernels/choices.ts";
import { untuned } from "../../kernels/choices.ts";
import { usualPasses } from "./usual_passes.ts";

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

/** The passes of a name that may change something about a graph: one for every graph, or those that its ops bring along. */
function passesNamed(name: PassName, graph: Graph): readonly Pass[] {
  const own = sortedNodes(roots(graph)).flatMap(({ op }) => op.passes ?? []);
  return [...new Set([...usualPasses, ...own])].filter((pass) => pass.name === name);
}

/** Rewrites a graph by all passes but those left out. */
export function runPasses(
  graph: Graph,
  { without = [], choices = untuned, workspaceBytes = Number.POSITIVE_INFINITY }: PassOptions = {},
): Graph {
  const run = (given: Graph, pass: Pass) => pass.run(given, choices, workspaceBytes);
  return order
    .filter((name) => !without.includes(name))
    .reduce((result, name) => passesNamed(name, result).reduce(run, result), graph);
}
