import { defineOp } from "../graph/op.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import type { Shape } from "../kernels/types.ts";
import { elementCount, formatShape } from "../kernels/types.ts";
import { shapeError } from "./checks.ts";

export interface ReshapeAttributes {
  readonly shape: Shape;
}

export const reshapeOp = defineOp<ReshapeAttributes>({
  name: "reshape",
  kind: "view",
  inputs: ["x"],
  outputs: ["out"],
  type: (inputs, { shape }) => {
    const [x] = inputs;
    if (!x || elementCount(x.shape) !== elementCount(shape)) {
      throw shapeError("reshape", inputs, "the number of elements changes", formatShape(shape));
    }
    return [{ shape, dtype: x.dtype }];
  },
  saves: ["x"],
  vjp: (dy, saved) => [reshape(dy, saved("x").shape)],
});

/**
 * The same elements, row-major, under another shape; free. One size may be -1: it follows from the others.
 * @throws ShapeError where the number of elements would change
 */
export function reshape(x: Tensor, shape: Shape): Tensor {
  return apply(reshapeOp, [x], { shape: inferSize(x, shape) });
}

function inferSize(x: Tensor, shape: Shape): Shape {
  if (!shape.includes(-1)) return shape;
  const known = elementCount(shape.filter((size) => size !== -1));
  const missing = elementCount(x.shape) / known;
  if (shape.indexOf(-1) !== shape.lastIndexOf(-1) || !Number.isInteger(missing)) {
    throw shapeError("reshape", [x.type], "the size marked -1 cannot be inferred", formatShape(shape));
  }
  return shape.map((size) => (size === -1 ? missing : size));
}
