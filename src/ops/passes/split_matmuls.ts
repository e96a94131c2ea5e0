import { rewrite } from "../../graph/graph.ts";
import type { Pass } from "../../graph/op.ts";
import { attributesOf } from "../../graph/op.ts";
import type { Node, Tensor } from "../../graph/tensor.ts";
import { apply } from "../../graph/tensor.ts";
import { sizeAt } from "../checks.ts";
import { matmulOp, matmulParts } from "../matmul.ts";
import { reshape } from "../reshape.ts";
import { splitInner } from "../split_matmul.ts";
import { sumOp } from "../sum.ts";

/**
 * Products of few results with many terms, such as a filter gradient's columns times its cotangent, become parts and their
 * sum: the same terms in another order, fixed as before. Where fused work follows, the product stays whole: the sum has no
 * place for it.
 */
export const splitMatmuls: Pass = {
  name: "splitMatmuls",
  run: (graph) =>
    rewrite(graph, (node, inputs) => {
      const split = splitMatmul(node, inputs);
      return split && [split];
    }),
};

function splitMatmul(node: Node, [a, b]: readonly Tensor[]): Tensor | null {
  if (node.op.name !== matmulOp.name || !a || !b) return null;
  if (a.shape.length !== 2 || b.shape.length !== 2) return null;
  const { transposeA, transposeB, epilogue, parts } = attributesOf(matmulOp, node);
  if (epilogue || parts !== undefined) return null;
  const shape = node.types[0]?.shape ?? [];
  const dtype = node.types[0]?.dtype === "f16" ? "f16" : "f32";
  const count = splitInner(sizeAt(a.shape, transposeA ? 0 : 1), sizeAt(shape, 0), sizeAt(shape, 1));
  if (count === 1) return null;
  const partial = matmulParts(a, b, { transposeA, transposeB }, count);
  return reshape(apply(sumOp, [partial], { axis: 0, count: 1, dtype }), shape);
}
