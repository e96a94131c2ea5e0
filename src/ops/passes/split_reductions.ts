import type { Op, Pass } from "../../graph/op.ts";
import type { Node, Tensor } from "../../graph/tensor.ts";
import { apply } from "../../graph/tensor.ts";
import type { ReductionAttributes } from "../reduction.ts";
import { splitReduction, storedAs } from "./reduction_parts.ts";

/** The norm of norms is the norm of all, and so with sums, extremes, products and log Σ eˣ. */
const repeated = ["sum", "max", "min", "product", "logSumExp", "norm"];

/**
 * Few long reductions, such as a bias's gradient over all pixels of a batch, become many shorter ones of parts, and one of
 * those: the same terms in another order, fixed as before.
 */
export const splitReductions: Pass = splitReduction(repeated, twice);

function twice<Attributes extends ReductionAttributes>(
  op: Op<Attributes>,
  x: Tensor,
  attributes: Attributes,
  part: number,
  node: Node,
): Tensor {
  const partial = apply(
    op,
    [x],
    { ...attributes, epilogue: undefined, part, dtype: "f32" as const },
    node.label,
  );
  const whole = { ...attributes, part: partial.shape[attributes.axis], dtype: storedAs(node) };
  return apply(op, [partial], whole, node.label);
}
