import { rewrite } from "../../graph/graph.ts";
import type { Op, Pass } from "../../graph/op.ts";
import { isOp } from "../../graph/op.ts";
import type { Node, Tensor } from "../../graph/tensor.ts";
import { apply } from "../../graph/tensor.ts";
import { ceilDivide, roundUp } from "../../kernels/types.ts";
import type { ReductionAttributes } from "../reduction.ts";
import { reductionView } from "../reduction.ts";
import type { ScanAttributes } from "../scan_attributes.ts";

/** Running sums of this many elements are done at once, and so are more lines than this. */
const [longest, enough] = [4095, 2048];

/**
 * Few long running sums or products are done in three steps: a total of each part, running totals of those, and within
 * each part from there. Memory is read twice, but by all of a GPU.
 * @param name of the scan
 * @param total the reduction of a part
 */
export const splitScan = (name: string, total: () => Op<ReductionAttributes>): Pass => ({
  name: "splitScans",
  run: (graph) =>
    rewrite(graph, (node, inputs) => {
      const [x] = inputs;
      if (!x || inputs.length > 1 || !isOp<ScanAttributes>(node, name)) return null;
      const parts = split(node, total(), x);
      return parts && [parts];
    }),
});

function split(
  { op, attributes, label }: Node<ScanAttributes>,
  total: Op<ReductionAttributes>,
  x: Tensor,
): Tensor | null {
  const { axis, reverse } = attributes;
  const { outer, length, inner } = reductionView(x.shape, { axis, count: 1 });
  const lines = outer * inner;
  if (attributes.part !== undefined || length <= longest || lines > enough) return null;
  // Rows are done by workgroups, which want tiles to fill; of columns, √length parts leave as much to do as they take.
  const parts = inner === 1 ? length / 1024 : Math.sqrt(length);
  const even = ceilDivide(length, Math.ceil(Math.min(parts, 1024)));
  const part = inner === 1 ? roundUp(even, 4) : even;
  const totals = apply(total, [x], { axis, count: 1, part }, label);
  const whole = { axis, reverse, exclusive: true, part: totals.shape[axis] };
  const starts = apply(op, [totals], whole, label);
  return apply(op, [x, starts], { ...attributes, part }, label);
}
