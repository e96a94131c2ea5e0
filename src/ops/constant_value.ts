import { isConstant } from "../graph/leaves.ts";
import type { Tensor } from "../graph/tensor.ts";
import { broadcastToOp } from "./broadcastTo.ts";
import { reshapeOp } from "./reshape.ts";

/** The number that every element of the tensor is, where that is known. */
export function constantValue(tensor: Tensor): number | null {
  const { node } = tensor;
  if (isConstant(node)) {
    const { values } = node.attributes;
    return values.length === 1 ? (values[0] ?? null) : null;
  }
  const [inner] = node.inputs;
  const repeats = node.op.name === broadcastToOp.name || node.op.name === reshapeOp.name;
  return repeats && inner ? constantValue(inner) : null;
}
