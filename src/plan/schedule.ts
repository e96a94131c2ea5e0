import type { Graph } from "../graph/graph.ts";
import { nodeName, roots, sortedNodes } from "../graph/graph.ts";
import type { State } from "../graph/leaves.ts";
import { isState } from "../graph/leaves.ts";
import type { Node } from "../graph/tensor.ts";

/**
 * The order in which nodes run: inputs first, and whatever reads a piece of state before what overwrites it; among
 * those ready, the order of recording. Views and leaves are in it too; they run nothing.
 * @throws Error where a value read from state is needed after that state was overwritten by what depends on it
 */
export function schedule(graph: Graph): readonly Node[] {
  const nodes = sortedNodes(roots(graph));
  const waits = new Map<Node, Set<Node>>(
    nodes.map((node) => [node, new Set(node.inputs.map((input) => input.node))]),
  );
  for (const [writer, state] of overwrites(nodes)) {
    for (const reader of readers(nodes, state)) if (reader !== writer) waits.get(writer)?.add(reader);
  }
  return inOrder(nodes, waits);
}

/** Each node that overwrites state, and which: an update may take its input through other updates. */
function overwrites(nodes: readonly Node[]): [Node, State][] {
  return nodes.flatMap((node) =>
    (node.op.updates ?? []).flatMap((index): [Node, State][] => {
      const state = stateBehind(node.inputs[index]?.node);
      // Only the first of a chain of updates reads the state itself; the others follow it.
      return state ? [[node, state]] : [];
    }),
  );
}

function stateBehind(node: Node | undefined): State | null {
  return node && isState(node) ? node.attributes.state : null;
}

/** Nodes that read state as it is, directly or through a view. */
function readers(nodes: readonly Node[], state: State): Node[] {
  const aliases = new Set<Node>();
  const found: Node[] = [];
  for (const node of nodes) {
    if (isState(node) && node.attributes.state === state) aliases.add(node);
    if (!node.inputs.some((input) => aliases.has(input.node))) continue;
    if (node.op.kind === "view") aliases.add(node);
    else found.push(node);
  }
  return found;
}

/** Kahn's algorithm, always taking the ready node that was recorded first. */
function inOrder(nodes: readonly Node[], waits: ReadonlyMap<Node, ReadonlySet<Node>>): Node[] {
  const done = new Set<Node>();
  const result: Node[] = [];
  let pending = [...nodes];
  while (pending.length > 0) {
    const blocked: Node[] = [];
    for (const node of pending) {
      const ready = [...(waits.get(node) ?? [])].every((other) => done.has(other));
      if (!ready) blocked.push(node);
      else {
        done.add(node);
        result.push(node);
      }
    }
    if (blocked.length === pending.length) {
      throw new Error(`internal: ${nodeName(blocked[0] as Node)} waits for what it overwrites`);
    }
    pending = blocked;
  }
  return result;
}
