import "../kernels/generated/elementwise/broadcastTo.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import { singleFormula } from "../kernels/formula.ts";
import type { Shape } from "../kernels/types.ts";
import { formatShape, sameShape } from "../kernels/types.ts";
import { broadcastShapes } from "./broadcasting.ts";
import { expectFloat, shapeError } from "./checks.ts";
import { elementwiseOp } from "./elementwise.ts";

export interface BroadcastToAttributes {
  readonly shape: Shape;
}

const copy = singleFormula("broadcastTo", 1);

/** An elementwise op without arithmetic, so that chains read through it instead of storing the repetition. */
export const broadcastToOp = elementwiseOp<BroadcastToAttributes>({
  name: "broadcastTo",
  inputs: ["x"],
  saves: [],
  // `gradient` sums what was broadcast.
  vjp: (dy) => [dy],
  formula: () => copy,
  flops: 0,
  type: (inputs, { shape }) => {
    const { dtype } = expectFloat("broadcastTo", inputs, 0, null);
    if (!sameShape(broadcastShapes("broadcastTo", [...inputs, { shape, dtype }]), shape)) {
      throw shapeError(
        "broadcastTo",
        inputs,
        "the input does not broadcast to the shape",
        formatShape(shape),
      );
    }
    return [{ shape, dtype }];
  },
});

/** `broadcastTo` of floats: what gradients and passes need, without the kernels that repeat integers. */
export const repeat = (x: Tensor, shape: Shape): Tensor =>
  sameShape(x.shape, shape) ? x : apply(broadcastToOp, [x], { shape });
