import { rewrite } from "../../graph/graph.ts";
import { attributesOf } from "../../graph/op.ts";
import type { Node, Tensor } from "../../graph/tensor.ts";
import { apply } from "../../graph/tensor.ts";
import { reductionView } from "../../ops/reduction.ts";
import { reshape } from "../../ops/reshape.ts";
import { sumOp } from "../../ops/sum.ts";
import type { Pass } from "./pass.ts";

/** Below this many sums, most of a GPU would idle. */
const enoughSums = 4096;
/** Shorter sums are not worth a second dispatch. */
const shortest = 1024;

/**
 * Few long sums, such as a bias's gradient over all pixels of a batch, become many shorter ones and a sum of those:
 * the same terms in another order, fixed as before. What is added up again stays f32.
 */
export const splitSums: Pass = {
  name: "splitSums",
  run: (graph) =>
    rewrite(graph, (node, inputs) => {
      const split = inputs[0] && splitSum(node, inputs[0]);
      return split ? [split] : null;
    }),
};

function splitSum(node: Node, x: Tensor): Tensor | null {
  if (node.op.name !== sumOp.name) return null;
  const attributes = attributesOf(sumOp, node);
  const { outer, length, inner } = reductionView(x.shape, attributes);
  if (length < shortest || outer * inner >= enoughSums) return null;
  const parts = largestDivisor(length, Math.min(length / 16, enoughSums / (outer * inner)));
  const dtype = node.types[0]?.dtype === "f16" ? "f16" : "f32";
  if (parts < 2) return null;
  const partial = apply(
    sumOp,
    [reshape(x, [outer, parts, length / parts, inner])],
    { axis: 2, count: 1, dtype: "f32" as const },
    node.label,
  );
  const total = apply(
    sumOp,
    [reshape(partial, [outer, parts, inner])],
    { axis: 1, count: 1, dtype, ...(attributes.epilogue && { epilogue: attributes.epilogue }) },
    node.label,
  );
  return reshape(total, node.types[0]?.shape ?? []);
}

/** The largest divisor up to a bound. */
function largestDivisor(value: number, bound: number): number {
  for (let divisor = Math.floor(bound); divisor > 1; divisor--) if (value % divisor === 0) return divisor;
  return 1;
}
