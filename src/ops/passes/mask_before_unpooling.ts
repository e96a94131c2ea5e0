import { countUses, rewrite, same } from "../../graph/graph.ts";
import type { Pass } from "../../graph/op.ts";
import type { Tensor } from "../../graph/tensor.ts";
import { apply, Tensor as TensorHandle } from "../../graph/tensor.ts";
import { mul } from "../mul.ts";
import { positive } from "../positive.ts";

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
      if (node.op.name !== "mul") return null;
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
  if (unpooled?.node.op.name !== "maxPool2dGradient" || mask?.node.op.name !== "positive") return null;
  const [dy, indices] = unpooled.node.inputs;
  if (!dy || indices?.node.op.name !== "maxPool2d") return null;
  if (!same(mask.node.inputs[0], indices.node.inputs[0])) return null;
  const pooled = new TensorHandle(indices.node, 0);
  const { op, attributes } = unpooled.node;
  return apply(op, [mul(dy, positive(pooled)), indices], attributes);
}
