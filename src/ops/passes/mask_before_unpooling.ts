import { countUses, rewrite, same } from "../../graph/graph.ts";
import type { Pass } from "../../graph/op.ts";
import { attributesOf } from "../../graph/op.ts";
import type { Tensor } from "../../graph/tensor.ts";
import { Tensor as TensorHandle } from "../../graph/tensor.ts";
import { maxPool2dOp } from "../maxPool2d.ts";
import { maxPool2dGradient, maxPool2dGradientOp } from "../maxPool2dGradient.ts";
import { mul, mulOp } from "../mul.ts";
import { positive, positiveOp } from "../positive.ts";

/**
 * relu before max pooling: its gradient's mask moves from the image to the pooled result, which has fewer elements. A
 * pooled gradient reaches only the element that was its window's maximum, and whether that is positive shows in the
 * maximum itself: unpool(dy) · positive(x) = unpool(dy · positive(pool(x))). So x need not be kept either.
 */
export const maskBeforeUnpooling: Pass = {
  name: "maskBeforeUnpooling",
  run: (graph) => {
    const uses = countUses(graph);
    return rewrite(graph, (node, inputs) => {
      if (node.op.name !== mulOp.name) return null;
      for (const [first, second] of [
        [0, 1],
        [1, 0],
      ] as const) {
        const original = node.inputs[first];
        const masked = original && uses.of(original) === 1 && maskFirst(inputs[first], inputs[second]);
        if (masked) return [masked];
      }
      return null;
    });
  },
};

/** The product of an unpooled gradient and the mask of what was pooled, masked before it is unpooled. */
function maskFirst(unpooled: Tensor | undefined, mask: Tensor | undefined): Tensor | null {
  if (unpooled?.node.op.name !== maxPool2dGradientOp.name || mask?.node.op.name !== positiveOp.name)
    return null;
  const [dy, indices] = unpooled.node.inputs;
  if (!dy || indices?.node.op.name !== maxPool2dOp.name) return null;
  if (!same(mask.node.inputs[0], indices.node.inputs[0])) return null;
  const pooled = new TensorHandle(indices.node, 0);
  const attributes = attributesOf(maxPool2dGradientOp, unpooled.node);
  return maxPool2dGradient(mul(dy, positive(pooled)), indices, attributes);
}
