import "../kernels/generated/triangle.ts";
import { UsageError } from "../device/errors.ts";
import type { Op } from "../graph/op.ts";
import { defineOp } from "../graph/op.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import { defineKernel } from "../kernels/kernel.ts";
import { ceilDivide, elementCount } from "../kernels/types.ts";
import { shapeError, sizeAt } from "./checks.ts";
import { ones } from "./constants.ts";

export interface TriangleAttributes {
  readonly part: "lower" | "upper";
  /** How far the diagonal is moved to the right. */
  readonly diagonal: number;
}

export const triangleOp: Op<TriangleAttributes> = defineOp<TriangleAttributes>({
  name: "triangle",
  inputs: ["x"],
  outputs: ["out"],
  type: (inputs) => {
    const [x] = inputs;
    if (!x || x.shape.length < 2) {
      throw shapeError("triangle", inputs, "there are no rows and columns", "at least two axes");
    }
    return [x];
  },
  vjp: (dy, _, attributes) => [apply(triangleOp, [dy], attributes)],
  kernels: [
    defineKernel<"triangle/triangle", TriangleAttributes>({
      file: "triangle/triangle",
      constants: ({ attributes: { part } }) => ({ UPPER: Number(part === "upper") }),
      params: ({ inputs, attributes: { diagonal } }) => {
        const shape = inputs[0]?.shape ?? [];
        const count = ceilDivide(elementCount(shape), 4);
        return { count, rows: sizeAt(shape, -2), columns: sizeAt(shape, -1), diagonal };
      },
      workgroups: ({ inputs }) => ceilDivide(elementCount(inputs[0]?.shape ?? []), 4 * 64),
    }),
  ],
});

export interface TriangleOptions {
  /** 0, the main diagonal, by default; 1 is the one to the right of it, −1 the one to the left. */
  readonly diagonal?: number;
}

/**
 * The lower triangle of matrices along the last two axes: elements with column − row ≤ diagonal, 0 elsewhere, whatever
 * stands there. f32, u32 or i32.
 * @throws ShapeError where x has fewer than two axes
 * @throws UsageError where the diagonal is no integer
 */
export function tril(x: Tensor, options: TriangleOptions = {}): Tensor {
  return triangle("tril", x, "lower", options);
}

/**
 * The upper triangle: elements with column − row ≥ diagonal, as `tril` otherwise.
 * @throws ShapeError where x has fewer than two axes
 * @throws UsageError where the diagonal is no integer
 */
export function triu(x: Tensor, options: TriangleOptions = {}): Tensor {
  return triangle("triu", x, "upper", options);
}

/** f32 [length, length]: 1 where a query, the row, may see a key, the column: itself and those before it. Else 0. */
export function causalMask(length: number): Tensor {
  return tril(ones([length, length]));
}

function triangle(
  where: string,
  x: Tensor,
  part: TriangleAttributes["part"],
  { diagonal = 0 }: TriangleOptions,
): Tensor {
  if (!Number.isInteger(diagonal)) {
    throw new UsageError({ where, problem: "wrong diagonal", got: String(diagonal), expected: "an integer" });
  }
  return apply(triangleOp, [x], { part, diagonal });
}
