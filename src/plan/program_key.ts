import type { Graph } from "../graph/graph.ts";
import { roots, sortedNodes } from "../graph/graph.ts";
import type { PassName } from "../graph/pass_names.ts";
import { hashText } from "../kernels/hash_text.ts";
import { formatType } from "../kernels/types.ts";

/** What a verdict on a whole program is kept under: its ops with exact shapes, in order, and how they hang together. */
export function programKey(
  graph: Graph,
  without: readonly PassName[] = [],
  workspaceBytes?: number | undefined,
): string {
  const all = roots(graph);
  const nodes = sortedNodes(all);
  const numbers = new Map(nodes.map((node, index) => [node, index]));
  const lines = nodes.map(({ op, inputs, types }) => {
    const from = inputs.map(({ node, index }) => `${numbers.get(node)}.${index}`);
    return `${op.name}(${from.join()}): ${types.map(formatType).join()}`;
  });
  const ends = all.map(({ node, index }) => `${numbers.get(node)}.${index}`);
  const stated = workspaceBytes === undefined ? [] : [`workspace ${workspaceBytes}`];
  return hashText([...lines, ...ends, ...without, ...stated].join("\n"));
}
