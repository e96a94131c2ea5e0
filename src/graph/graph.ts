import { formatType } from "../kernels/types.ts";
import type { Graph, Node } from "./tensor.ts";
import { record, Tensor, traced } from "./tensor.ts";

export type { Graph, Update } from "./tensor.ts";

/** Everything that must be computed. */
export function roots(graph: Graph): Tensor[] {
  return [...graph.outputs.values(), ...graph.updates.map((update) => update.value), ...graph.unread];
}

/** All nodes that the roots need, inputs first; among those ready, in order of recording. */
export function sortedNodes(tensors: readonly Tensor[]): Node[] {
  const seen = new Set<Node>();
  const pending = tensors.map((tensor) => tensor.node);
  for (let node = pending.pop(); node; node = pending.pop()) {
    if (seen.has(node)) continue;
    seen.add(node);
    for (const input of node.inputs) pending.push(input.node);
  }
  return [...seen].sort((a, b) => a.id - b.id);
}

/** How often each tensor is read, outputs and updates counted too. */
export function countUses(graph: Graph): UseCounts {
  const counts = new UseCounts();
  const all = roots(graph);
  for (const node of sortedNodes(all)) for (const input of node.inputs) counts.add(input);
  for (const root of all) counts.add(root);
  return counts;
}

/** Counts by node and output, since several Tensor objects may stand for one value. */
export class UseCounts {
  readonly #counts = new Map<Node, number[]>();

  add(tensor: Tensor): void {
    const counts = this.#counts.get(tensor.node) ?? [];
    counts[tensor.index] = (counts[tensor.index] ?? 0) + 1;
    this.#counts.set(tensor.node, counts);
  }

  of(tensor: Tensor): number {
    return this.#counts.get(tensor.node)?.[tensor.index] ?? 0;
  }
}

/** Given a node and its rewritten inputs: the outputs that take its place, or null to keep it. */
export type Rewriter = (node: Node, inputs: readonly Tensor[]) => readonly Tensor[] | null;

/** Rebuilds a graph from the leaves up. Nodes nobody reads any more are left behind. */
export function rewrite(graph: Graph, rewriter: Rewriter): Graph {
  const replaced = new Map<Node, readonly Tensor[]>();
  const lookup = (tensor: Tensor): Tensor => replaced.get(tensor.node)?.[tensor.index] ?? tensor;
  for (const node of sortedNodes(roots(graph))) {
    const inputs = node.inputs.map(lookup);
    const outputs = rewriter(node, inputs) ?? rebuild(node, inputs);
    replaced.set(node, outputs);
  }
  return {
    outputs: new Map([...graph.outputs].map(([name, tensor]) => [name, lookup(tensor)])),
    updates: graph.updates.map(({ state, value }) => ({ state, value: lookup(value) })),
    unread: graph.unread.map(lookup),
  };
}

function rebuild(node: Node, inputs: readonly Tensor[]): readonly Tensor[] {
  const unchanged = inputs.every((input, index) => same(input, node.inputs[index]));
  if (unchanged) return node.types.map((_, index) => new Tensor(node, index));
  return record(node.op, inputs, node.attributes, node.label);
}

/** Whether two handles stand for one value. */
export function same(a: Tensor | undefined, b: Tensor | undefined): boolean {
  return a !== undefined && b !== undefined && a.node === b.node && a.index === b.index;
}

/** Traces a function: what it returns, and everything it recorded that nothing reads. */
export function traceGraph(build: () => Pick<Graph, "outputs" | "updates">): Graph {
  const [{ outputs, updates }, recorded] = traced(build);
  const reached = new Set(sortedNodes(roots({ outputs, updates, unread: [] })));
  const unread = recorded.filter((node) => !reached.has(node) && node.op.kind !== "update");
  return { outputs, updates, unread: unread.map((node) => new Tensor(node, 0)) };
}

/** `matmul(hidden1)`: how errors and printed programs call a node. */
export function nodeName(node: Node): string {
  return node.label ? `${node.op.name}(${node.label})` : node.op.name;
}

/** A line a node. */
export function formatGraph(graph: Graph): string {
  const numbers = new Map<Node, number>();
  const name = (tensor: Tensor) =>
    `%${numbers.get(tensor.node)}${tensor.index > 0 ? `.${tensor.index}` : ""}`;
  const lines = sortedNodes(roots(graph)).map((node, index) => {
    numbers.set(node, index);
    const types = node.types.map(formatType).join(", ");
    return `%${index} = ${nodeName(node)}(${node.inputs.map(name).join(", ")}): ${types}`;
  });
  for (const [key, tensor] of graph.outputs) lines.push(`output ${key} = ${name(tensor)}`);
  for (const { state, value } of graph.updates) lines.push(`update ${state.label} = ${name(value)}`);
  return lines.join("\n");
}
