import type { Graph } from "../../graph/graph.ts";
import { roots, sortedNodes } from "../../graph/graph.ts";
import type { Pass } from "../../graph/op.ts";
import { usualPasses } from "./usual.ts";

/** All that may change something about a graph, those of its ops fetched: the rest would leave it as it is. */
export async function neededPasses(graph: Graph): Promise<readonly Pass[]> {
  const ops = new Set(sortedNodes(roots(graph)).map(({ op }) => op));
  const own = await Promise.all([...ops].map((op) => op.passes?.() ?? []));
  return [...new Set([...usualPasses, ...own.flat()])];
}
