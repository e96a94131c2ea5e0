import type { Op, Pass } from "../../graph/op.ts";
import type { Node, Tensor } from "../../graph/tensor.ts";
import { apply } from "../../graph/tensor.ts";
import { argmaxAmong } from "../argmaxAmong.ts";
import type { ReductionAttributes } from "../reduction.ts";
import { reductionView } from "../reduction.ts";
import { reshape } from "../reshape.ts";
import { mostOutputs, splitReduction } from "./reduction_parts.ts";

/** Of the best places of the parts, the best. */
export const splitPlaces: Pass = splitReduction(["argmax", "argmin"], places, mostOutputs);

function places(
  op: Op<ReductionAttributes>,
  x: Tensor,
  { axis, count }: ReductionAttributes,
  part: number,
  node: Node,
): Tensor {
  const { outer, length, inner } = reductionView(x.shape, { axis, count });
  const candidates = apply(op, [x], { axis, count, part }, node.label);
  return argmaxAmong(
    reshape(x, [outer, length, inner]),
    reshape(candidates, [outer, -1, inner]),
    op.name === "argmax" ? "largest" : "smallest",
  );
}
