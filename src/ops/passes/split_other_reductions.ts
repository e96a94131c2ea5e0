import { rewrite } from "../../graph/graph.ts";
import { constantTensor, scalar } from "../../graph/leaves.ts";
import type { Op, Pass } from "../../graph/op.ts";
import type { Node, Tensor } from "../../graph/tensor.ts";
import { apply } from "../../graph/tensor.ts";
import type { Shape } from "../../kernels/types.ts";
import { add } from "../add.ts";
import { argmaxOp } from "../argmax.ts";
import { argmaxAmong } from "../argmaxAmong.ts";
import { argminOp } from "../argmin.ts";
import { exp } from "../exp.ts";
import { maxOp } from "../max.ts";
import { mul } from "../mul.ts";
import { powerSumOp } from "../powerSum.ts";
import type { ReductionAttributes } from "../reduction.ts";
import { reductionView } from "../reduction.ts";
import { reshape } from "../reshape.ts";
import { square } from "../square.ts";
import { squaredDeviationsOp } from "../squaredDeviations.ts";
import { sub } from "../sub.ts";
import { sumOp } from "../sum.ts";
import { splitOf, storedAs } from "./reduction_parts.ts";

/** Those whose parts are not joined by the same reduction once more: more dispatches, or x is read again. */
export const splitOtherReductions: Pass = {
  name: "splitReductions",
  run: (graph) =>
    rewrite(graph, (node, [x]) => {
      const split = x && splitNode(node, x);
      return split ? [reshape(split, node.types[0]?.shape ?? [])] : null;
    }),
};

/** With more results than this it is not worth that. */
const mostOutputs = 256;

function splitNode(node: Node, x: Tensor): Tensor | null {
  switch (node.op.name) {
    case powerSumOp.name:
      return splitOf(powerSumOp, node, x, powers, mostOutputs);
    case squaredDeviationsOp.name:
      return splitOf(squaredDeviationsOp, node, x, deviations, mostOutputs);
    case argmaxOp.name:
      return splitOf(argmaxOp, node, x, (...given) => places(...given, "largest"), mostOutputs);
    case argminOp.name:
      return splitOf(argminOp, node, x, (...given) => places(...given, "smallest"), mostOutputs);
    default:
      return null;
  }
}

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

/** Each part's powers by its own largest element are made powers by the largest of all. */
function powers(
  op: Op<ReductionAttributes>,
  x: Tensor,
  { axis, count }: ReductionAttributes,
  part: number,
  node: Node,
): Tensor {
  const within = apply(op, [x], { axis, count, part, dtype: "f32" as const }, node.label);
  const tops = apply(maxOp, [x], { axis, count, part, dtype: "f32" as const }, node.label);
  const whole = { axis, count, part: within.shape[axis] };
  const top = apply(maxOp, [tops], whole, node.label);
  const powersOfAll = mul(within, exp(sub(tops, top)));
  return apply(sumOp, [powersOfAll], { ...whole, dtype: storedAs(node) }, node.label);
}

function places(
  op: Op<ReductionAttributes>,
  x: Tensor,
  { axis, count }: ReductionAttributes,
  part: number,
  node: Node,
  extreme: "largest" | "smallest",
): Tensor {
  const { outer, length, inner } = reductionView(x.shape, { axis, count });
  const candidates = apply(op, [x], { axis, count, part }, node.label);
  return argmaxAmong(reshape(x, [outer, length, inner]), reshape(candidates, [outer, -1, inner]), extreme);
}
