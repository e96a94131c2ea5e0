import type { Graph, UseCounts } from "../../graph/graph.ts";
import { countUses, rewrite, roots, sortedNodes } from "../../graph/graph.ts";
import type { Pass } from "../../graph/op.ts";
import type { Node, Tensor } from "../../graph/tensor.ts";
import { record } from "../../graph/tensor.ts";
import { constantValue } from "../constant_value.ts";
import { softmaxCrossEntropyWithGradientOp } from "../softmaxCrossEntropyWithGradient.ts";

/**
 * Where a step needs both the loss of logits and its gradient, one kernel gives both from one softmax; the factor that
 * averaging the loss puts on the gradient comes with it.
 */
export const fuseLossGradient: Pass = {
  name: "fuseLossGradient",
  run: (graph) => {
    const pairs = findPairs(graph);
    const fused = new Map<Pair, readonly Tensor[]>();
    return rewrite(graph, (node, inputs) => {
      const pair = pairs.get(node);
      if (!pair) return null;
      // The product only passes the gradient on, which is scaled already.
      if (node === pair.product) return inputs.slice(pair.place, pair.place + 1);
      const attributes = { gradientScale: pair.scale };
      const outputs =
        fused.get(pair) ?? record(softmaxCrossEntropyWithGradientOp, inputs, attributes, node.label);
      fused.set(pair, outputs);
      return node.op.name === "softmaxCrossEntropy" ? outputs.slice(0, 1) : outputs.slice(1);
    });
  },
};

/** A loss, its gradient, and where there is one, the product of the gradient and a number that alone reads it. */
interface Pair {
  readonly scale: number;
  readonly product?: Node;
  /** Of the gradient among the product's inputs. */
  readonly place: number;
}

/** The pair of each node that is part of one. */
function findPairs(graph: Graph): ReadonlyMap<Node, Pair> {
  const uses = countUses(graph);
  const nodes = sortedNodes(roots(graph));
  const pairs = new Map<Node, Pair>();
  for (const gradient of nodes) {
    if (gradient.op.name !== "softmaxCrossEntropyGradient") continue;
    const losses = nodes.filter(
      ({ op, inputs }) => op.name === "softmaxCrossEntropy" && sameInputs(inputs, gradient.inputs),
    );
    if (losses.length === 0) continue;
    const pair = pairOf(gradient, nodes, uses);
    for (const node of [...losses, gradient]) pairs.set(node, pair);
    if (pair.product) pairs.set(pair.product, pair);
  }
  return pairs;
}

function pairOf(gradient: Node, nodes: readonly Node[], uses: UseCounts): Pair {
  for (const product of nodes) {
    const place = product.inputs.findIndex(({ node }) => node === gradient);
    const value = product.inputs[place];
    const factor = product.inputs[1 - place];
    if (product.op.name !== "mul" || !value || !factor || uses.of(value) !== 1) continue;
    const scale = constantValue(factor);
    // A product of a larger shape repeats the gradient.
    if (scale !== null && sameSize(product, gradient)) return { scale, product, place };
  }
  return { scale: 1, place: 0 };
}

const sameSize = (a: Node, b: Node) => a.types[0]?.shape.join() === b.types[0]?.shape.join();

const sameInputs = (a: readonly Tensor[], b: readonly Tensor[]) => inputsKey(a) === inputsKey(b);

const inputsKey = (inputs: readonly Tensor[]) =>
  inputs.map((input) => `${input.node.id}.${input.index}`).join();
