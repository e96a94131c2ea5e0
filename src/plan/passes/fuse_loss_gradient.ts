import { rewrite, roots, sortedNodes } from "../../graph/graph.ts";
import type { Node, Tensor } from "../../graph/tensor.ts";
import { record } from "../../graph/tensor.ts";
import { softmaxCrossEntropyOp } from "../../ops/softmaxCrossEntropy.ts";
import { softmaxCrossEntropyGradientOp } from "../../ops/softmaxCrossEntropyGradient.ts";
import { softmaxCrossEntropyWithGradientOp } from "../../ops/softmaxCrossEntropyWithGradient.ts";
import type { Pass } from "./pass.ts";

/** Where a step needs both the loss of logits and its gradient, one kernel gives both from one softmax. */
export const fuseLossGradient: Pass = {
  name: "fuseLossGradient",
  run: (graph) => {
    const names = new Map<string, Set<string>>();
    for (const node of sortedNodes(roots(graph))) {
      const key = inputsKey(node.inputs);
      names.set(key, (names.get(key) ?? new Set()).add(node.op.name));
    }
    const fused = new Map<string, readonly Tensor[]>();
    return rewrite(graph, (node, inputs) => {
      const output = outputOf(node);
      const paired = names.get(inputsKey(node.inputs));
      const both = paired?.has(softmaxCrossEntropyOp.name) && paired.has(softmaxCrossEntropyGradientOp.name);
      if (output === null || !both) return null;
      const key = inputsKey(inputs);
      const outputs = fused.get(key) ?? record(softmaxCrossEntropyWithGradientOp, inputs, null, node.label);
      fused.set(key, outputs);
      return outputs.slice(output, output + 1);
    });
  },
};

function outputOf(node: Node): 0 | 1 | null {
  if (node.op.name === softmaxCrossEntropyOp.name) return 0;
  return node.op.name === softmaxCrossEntropyGradientOp.name ? 1 : null;
}

const inputsKey = (inputs: readonly Tensor[]) =>
  inputs.map((input) => `${input.node.id}.${input.index}`).join();
