import { defineOp } from "../graph/op.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import type { Shape, TensorType } from "../kernels/types.ts";
import { formatShape, sameShape } from "../kernels/types.ts";
import { broadcastShapes, broadcastStrides } from "./broadcasting.ts";
import { shapeError } from "./checks.ts";
import { stridedKernels } from "./strided_kernels.ts";
import type { StridedView } from "./strided_view.ts";
import { expectFewAxes } from "./strided_view.ts";

export interface BroadcastIntegersAttributes {
  readonly shape: Shape;
}

/** Integers are no operands of elementwise chains, whose vectors are f32: a copy that keeps bits repeats them. */
export const broadcastIntegersOp = defineOp<BroadcastIntegersAttributes>({
  name: "broadcastIntegers",
  inputs: ["x"],
  outputs: ["out"],
  type: (inputs, { shape }) => {
    const [x] = inputs;
    const goal: TensorType = { shape, dtype: x?.dtype ?? "u32" };
    if (!x || !sameShape(broadcastShapes("broadcastTo", [...inputs, goal]), shape)) {
      const problem = "the input does not broadcast to the shape";
      throw shapeError("broadcastTo", inputs, problem, formatShape(shape));
    }
    expectFewAxes("broadcastTo", inputs, shape, viewOf(x.shape, shape));
    return [goal];
  },
  kernels: stridedKernels(({ inputs, outputs }) => viewOf(inputs[0]?.shape ?? [], outputs[0]?.shape ?? []), {
    swaps: false,
  }),
});

const viewOf = (input: Shape, output: Shape): StridedView => ({
  strides: broadcastStrides(input, output),
  offset: 0,
});

/** u32 or i32 repeated along new axes and axes of size 1: `broadcastTo` of integers. */
export function broadcastIntegers(x: Tensor, shape: Shape): Tensor {
  return apply(broadcastIntegersOp, [x], { shape });
}
