import { rewrite } from "../../graph/graph.ts";
import type { Op, Pass } from "../../graph/op.ts";
import { attributesOf } from "../../graph/op.ts";
import type { Node, Tensor } from "../../graph/tensor.ts";
import { apply } from "../../graph/tensor.ts";
import { ceilDivide, roundUp } from "../../kernels/types.ts";
import { cumprodOp } from "../cumprod.ts";
import { cumsumOp } from "../cumsum.ts";
import { productOp } from "../product.ts";
import type { ReductionAttributes } from "../reduction.ts";
import { reductionView } from "../reduction.ts";
import type { ScanAttributes } from "../scans.ts";
import { sumOp } from "../sum.ts";

/** Running sums of this many elements are done at once, and so are more lines than this. */
const [longest, enough] = [4095, 2048];

/**
 * Few long running sums or products are done in three steps: a total of each part, running totals of those, and within
 * each part from there. Memory is read twice, but by all of a GPU.
 */
export const splitScans: Pass = {
  name: "splitScans",
  run: (graph) =>
    rewrite(graph, (node, inputs) => {
      const [x] = inputs;
      const split = x && inputs.length === 1 && splitNode(node, x);
      return split ? [split] : null;
    }),
};

function splitNode(node: Node, x: Tensor): Tensor | null {
  switch (node.op.name) {
    case cumsumOp.name:
      return split(cumsumOp, sumOp, node, x);
    case cumprodOp.name:
      return split(cumprodOp, productOp, node, x);
    default:
      return null;
  }
}

function split(op: Op<ScanAttributes>, total: Op<ReductionAttributes>, node: Node, x: Tensor): Tensor | null {
  const attributes = attributesOf(op, node);
  const { axis, reverse } = attributes;
  const { outer, length, inner } = reductionView(x.shape, { axis, count: 1 });
  const lines = outer * inner;
  if (attributes.part !== undefined || length <= longest || lines > enough) return null;
  // Rows are done by workgroups, which want tiles to fill; of columns, √length parts leave as much to do as they take.
  const parts = inner === 1 ? length / 1024 : Math.sqrt(length);
  const even = ceilDivide(length, Math.ceil(Math.min(parts, 1024)));
  const part = inner === 1 ? roundUp(even, 4) : even;
  const totals = apply(total, [x], { axis, count: 1, part }, node.label);
  const whole = { axis, reverse, exclusive: true, part: totals.shape[axis] };
  const starts = apply(op, [totals], whole, node.label);
  return apply(op, [x, starts], { ...attributes, part }, node.label);
}
