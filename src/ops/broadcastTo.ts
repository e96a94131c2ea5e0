import "../kernels/generated/elementwise/broadcastTo.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import { singleFormula } from "../kernels/formula.ts";
import type { Shape } from "../kernels/types.ts";
import { formatShape, isFloat, sameShape } from "../kernels/types.ts";
import { broadcastIntegers } from "./broadcastIntegers.ts";
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

/** Repeats x along new axes and axes of size 1, as NumPy does. @throws ShapeError where it does not fit */
export function broadcastTo(x: Tensor, shape: Shape): Tensor {
  if (sameShape(x.shape, shape)) return x;
  return isFloat(x.dtype) ? apply(broadcastToOp, [x], { shape }) : broadcastIntegers(x, shape);
}
