import type { Op, Pass } from "../../graph/op.ts";
import type { Node, Tensor } from "../../graph/tensor.ts";
import { apply } from "../../graph/tensor.ts";
import { exp } from "../exp.ts";
import { maxOp } from "../max.ts";
import { mul } from "../mul.ts";
import type { ReductionAttributes } from "../reduction.ts";
import { sub } from "../sub.ts";
import { sumOp } from "../sum.ts";
import { mostOutputs, splitReduction, storedAs } from "./reduction_parts.ts";

/** Parts of Σ eˣ⁻ᵃ are joined by what their largest elements are apart. */
export const splitPowerSums: Pass = splitReduction(["powerSum"], powers, mostOutputs);

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
