import { constantTensor, scalar } from "../../graph/leaves.ts";
import type { Op, Pass } from "../../graph/op.ts";
import type { Node, Tensor } from "../../graph/tensor.ts";
import { apply } from "../../graph/tensor.ts";
import type { Shape } from "../../kernels/types.ts";
import { add } from "../add.ts";
import { mul } from "../mul.ts";
import type { ReductionAttributes } from "../reduction.ts";
import { reductionView } from "../reduction.ts";
import { square } from "../square.ts";
import { sub } from "../sub.ts";
import { sumOp } from "../sum.ts";
import { mostOutputs, splitReduction, storedAs } from "./reduction_parts.ts";

/** Parts of Σ (x − mean)² are joined by what their means are apart. */
export const splitDeviations: Pass = splitReduction(["squaredDeviations"], deviations, mostOutputs);

/** What is left inside the parts, and what their means are apart, each counted as often as it has elements. */
function deviations(
  op: Op<ReductionAttributes>,
  x: Tensor,
  { axis, count }: ReductionAttributes,
  part: number,
  node: Node,
): Tensor {
  const { length } = reductionView(x.shape, { axis, count });
  const within = apply(op, [x], { axis, count, part, dtype: "f32" as const }, node.label);
  const parts = within.shape[axis] ?? 1;
  const counts = Float32Array.from({ length: parts }, (_, p) => Math.min(part, length - p * part));
  const broadcast: Shape = within.shape.map((_, at) => (at === axis ? parts : 1));
  const elements = constantTensor(counts, { shape: broadcast, dtype: "f32" });
  const shares = constantTensor(
    counts.map((one) => 1 / one),
    { shape: broadcast, dtype: "f32" },
  );
  const whole = { axis, count, part: parts };
  const sums = apply(sumOp, [x], { axis, count, part, dtype: "f32" as const }, node.label);
  const mean = mul(apply(sumOp, [sums], whole, node.label), scalar(1 / length));
  const between = mul(square(sub(mul(sums, shares), mean)), elements);
  return apply(sumOp, [add(within, between)], { ...whole, dtype: storedAs(node) }, node.label);
}
