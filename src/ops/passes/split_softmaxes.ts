import { rewrite } from "../../graph/graph.ts";
import type { Pass } from "../../graph/op.ts";
import { isOp } from "../../graph/op.ts";
import type { Node, Tensor } from "../../graph/tensor.ts";
import { apply } from "../../graph/tensor.ts";
import { div } from "../div.ts";
import { exp } from "../exp.ts";
import { log } from "../log.ts";
import { maxOp } from "../max.ts";
import { powerSumOp } from "../powerSum.ts";
import { reductionView } from "../reduction.ts";
import { sub } from "../sub.ts";

/**
 * Softmax and its logarithm along few long lines become the reductions and the elementwise work that they are, which other
 * passes split and fuse: read three times and written once, but by all of a GPU.
 */
export const splitSoftmaxes: Pass = {
  name: "splitSoftmaxes",
  run: (graph) =>
    rewrite(graph, (node, [x]) => {
      const split = x && splitNode(node, x);
      return split ? [split] : null;
    }),
};

/** What both ops are along. */
interface Line {
  readonly axis: number;
}

function splitNode(node: Node, x: Tensor): Tensor | null {
  const softmax = isOp<Line>(node, "softmax");
  if (!softmax && !isOp<Line>(node, "logSoftmax")) return null;
  const parts = partsOf(x, node.attributes.axis, node.label);
  if (!parts) return null;
  return softmax ? div(exp(parts.below), parts.total) : sub(parts.below, log(parts.total));
}

/** How far below the line's largest element each is, and the sum of the powers of that; null where one kernel does better. */
function partsOf(x: Tensor, axis: number, label: string | undefined) {
  const line = { axis, count: 1 };
  const { outer, length, inner } = reductionView(x.shape, line);
  // A row has a workgroup to itself, a column one invocation.
  const worthwhile = inner === 1 ? length >= 8192 && outer <= 128 : length >= 1024 && outer * inner <= 2048;
  if (!worthwhile) return null;
  const top = apply(maxOp, [x], line, label);
  return { below: sub(x, top), total: apply(powerSumOp, [x], line, label) };
}
