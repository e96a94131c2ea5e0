import { rewrite } from "../../graph/graph.ts";
import { constantTensor, scalar } from "../../graph/leaves.ts";
import type { Op } from "../../graph/op.ts";
import { attributesOf } from "../../graph/op.ts";
import type { Node, Tensor } from "../../graph/tensor.ts";
import { apply } from "../../graph/tensor.ts";
import type { FloatDType, Shape } from "../../kernels/types.ts";
import { ceilDivide, roundUp } from "../../kernels/types.ts";
import { add } from "../../ops/add.ts";
import { argmaxOp } from "../../ops/argmax.ts";
import { argmaxAmong } from "../../ops/argmaxAmong.ts";
import { argminOp } from "../../ops/argmin.ts";
import { exp } from "../../ops/exp.ts";
import { logSumExpOp } from "../../ops/logSumExp.ts";
import { maxOp } from "../../ops/max.ts";
import { minOp } from "../../ops/min.ts";
import { mul } from "../../ops/mul.ts";
import { normOp } from "../../ops/norm.ts";
import { powerSumOp } from "../../ops/powerSum.ts";
import { productOp } from "../../ops/product.ts";
import type { ReductionAttributes, ReductionView } from "../../ops/reduction.ts";
import { reductionView } from "../../ops/reduction.ts";
import { reshape } from "../../ops/reshape.ts";
import { square } from "../../ops/square.ts";
import { squaredDeviationsOp } from "../../ops/squaredDeviations.ts";
import { sub } from "../../ops/sub.ts";
import { sumOp } from "../../ops/sum.ts";
import type { Pass } from "./pass.ts";

/**
 * Few long reductions, such as a bias's gradient over all pixels of a batch, become many shorter ones of parts, and one of
 * those: the same terms in another order, fixed as before.
 */
export const splitReductions: Pass = {
  name: "splitReductions",
  run: (graph) =>
    rewrite(graph, (node, [x]) => {
      const split = x && splitNode(node, x);
      return split ? [reshape(split, node.types[0]?.shape ?? [])] : null;
    }),
};

function splitNode(node: Node, x: Tensor): Tensor | null {
  switch (node.op.name) {
    case sumOp.name:
      return splitOf(sumOp, node, x, twice);
    case maxOp.name:
      return splitOf(maxOp, node, x, twice);
    case minOp.name:
      return splitOf(minOp, node, x, twice);
    case productOp.name:
      return splitOf(productOp, node, x, twice);
    case logSumExpOp.name:
      return splitOf(logSumExpOp, node, x, twice);
    case normOp.name:
      return splitOf(normOp, node, x, twice);
    case powerSumOp.name:
      return splitOf(powerSumOp, node, x, powers);
    case squaredDeviationsOp.name:
      return splitOf(squaredDeviationsOp, node, x, deviations);
    case argmaxOp.name:
      return splitOf(argmaxOp, node, x, (...given) => places(...given, "largest"));
    case argminOp.name:
      return splitOf(argminOp, node, x, (...given) => places(...given, "smallest"));
    default:
      return null;
  }
}

/** A reduction of x and the length of the parts that it is to be done in. */
type Split<Attributes> = (
  op: Op<Attributes>,
  x: Tensor,
  attributes: Attributes,
  part: number,
  node: Node,
) => Tensor;

/** What has been split, and what is small enough to be done at once, says so by its `part`. */
function splitOf<Attributes extends ReductionAttributes>(
  op: Op<Attributes>,
  node: Node,
  x: Tensor,
  split: Split<Attributes>,
): Tensor | null {
  const attributes = attributesOf(op, node);
  if (attributes.part !== undefined) return null;
  const view = reductionView(x.shape, attributes);
  const part = partLength(view);
  // Anything but the same again costs more dispatches, or reads x again.
  const worthwhile = split === twice<Attributes> || view.outer * view.inner <= 256;
  return part === null || !worthwhile ? null : split(op, x, attributes, part, node);
}

/** The longest reductions worth a single dispatch, and the number of results that keep a GPU busy with those. */
const [longest, enough] = [1023, 2048];

/** How many elements a part has, null where the whole is better done at once. */
export function partLength({ outer, length, inner }: ReductionView): number | null {
  const outputs = outer * inner;
  if (length <= longest || outputs > enough) return null;
  // A row's part is a workgroup's; a column's one invocation's or a few's, so that there have to be more.
  const parts =
    inner === 1
      ? Math.min(4096 / outputs, length / 16)
      : Math.min(Math.max(65_536 / outputs, 2), length / 64, 1024);
  const part = ceilDivide(length, Math.floor(parts));
  return inner === 1 ? roundUp(part, 4) : part;
}

/** What is folded again stays f32; the whole is stored as it would have been at once. */
const storedAs = (node: Node): FloatDType => (node.types[0]?.dtype === "f16" ? "f16" : "f32");

/** The norm of norms is the norm of all, and so with sums, extremes, products and log Σ eˣ. */
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
