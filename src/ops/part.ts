import { defineOp } from "../graph/op.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import type { Shape } from "../kernels/types.ts";
import { bindingAlignment, elementCount } from "../kernels/types.ts";
import { expectInput, shapeError, sizeAt } from "./checks.ts";

/** A piece of a flat buffer, read as a tensor. */
export interface PartAttributes {
  /** Its first element, a multiple of 64, so that it can be bound. */
  readonly offset: number;
  readonly shape: Shape;
}

/** Has no kernel: the planner has its readers read the piece where it lies. */
export const partOp = defineOp<PartAttributes>({
  name: "part",
  kind: "view",
  inputs: ["flat"],
  outputs: ["out"],
  type: (inputs, { offset, shape }) => {
    const flat = expectInput("part", inputs, 0, 1);
    const end = offset + elementCount(shape);
    if (offset < 0 || offset % alignment !== 0 || end > sizeAt(flat.shape, 0)) {
      const expected = `a multiple of ${alignment}, and an end inside the buffer`;
      throw shapeError("part", inputs, `there is no part at ${offset} up to ${end}`, expected);
    }
    return [{ shape, dtype: "f32" }];
  },
});

const alignment = bindingAlignment / 4;

/**
 * A piece of a flat f32 buffer as a tensor; free, as `pack` is the other way round.
 * @throws ShapeError where the piece is misaligned or ends past the buffer
 */
export function part(flat: Tensor, attributes: PartAttributes): Tensor {
  return apply(partOp, [flat], attributes);
}
