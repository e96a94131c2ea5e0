import { defineOp } from "../graph/op.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import type { TensorType } from "../kernels/types.ts";
import { bindingAlignment, elementCount } from "../kernels/types.ts";
import { expectInput, shapeError } from "./checks.ts";

/** Where each tensor begins in the flat buffer. */
export interface PackAttributes {
  /** In elements, rising; multiples of 64, so that each part can be bound. */
  readonly offsets: readonly number[];
  /** Elements of the whole. */
  readonly length: number;
}

/** Has no kernel: the planner has each input written in its place. */
export const packOp = defineOp<PackAttributes>({
  name: "pack",
  kind: "pack",
  inputs: ["…"],
  outputs: ["out"],
  type: (inputs, { offsets, length }) => {
    for (const index of inputs.keys()) expectInput("pack", inputs, index, null);
    if (!fits(inputs, offsets, length)) {
      const expected = `rising multiples of ${alignment}, no part over the next or past ${length}`;
      throw shapeError("pack", inputs, `the parts do not fit at ${offsets.join(", ")}`, expected);
    }
    return [{ shape: [length], dtype: "f32" }];
  },
});

const alignment = bindingAlignment / 4;

function fits(inputs: readonly TensorType[], offsets: readonly number[], length: number): boolean {
  return (
    offsets.length === inputs.length &&
    inputs.every(({ shape }, index) => {
      const start = offsets[index] ?? 0;
      return start % alignment === 0 && start + elementCount(shape) <= (offsets[index + 1] ?? length);
    })
  );
}

/**
 * One flat f32 buffer of many tensors, for an optimizer that updates all parameters in one dispatch. What lies between
 * them is unspecified on a device: memory takes turns, and kernels store whole vectors. `clearGaps` makes it zero.
 * @throws ShapeError where the parts overlap, are misaligned or exceed the length
 */
export function pack(tensors: readonly Tensor[], attributes: PackAttributes): Tensor {
  return apply(packOp, tensors, attributes);
}
