import { same, sortedNodes } from "./graph.ts";
import type { Node, Tensor } from "./tensor.ts";
import { record } from "./tensor.ts";

/**
 * The same value of other leaves: what depends on a replaced tensor is recorded anew, all else is shared.
 * @param replacements pairs of a tensor and what takes its place, of the same type
 * @throws Error where an update depends on a replaced tensor: it would happen twice
 */
export function substitute(tensor: Tensor, replacements: readonly (readonly [Tensor, Tensor])[]): Tensor {
  const renewed = new Map<Node, readonly Tensor[]>();
  const lookup = (given: Tensor): Tensor => {
    const replaced = replacements.find(([old]) => same(old, given))?.[1];
    return replaced ?? renewed.get(given.node)?.[given.index] ?? given;
  };
  for (const node of sortedNodes([tensor])) {
    const inputs = node.inputs.map(lookup);
    if (inputs.every((input, index) => same(input, node.inputs[index]))) continue;
    if (node.op.kind === "update") throw new Error(`internal: ${node.op.name} would be done twice`);
    renewed.set(node, record(node.op, inputs, node.attributes, node.label));
  }
  return lookup(tensor);
}
