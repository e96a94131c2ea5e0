import type { Shape, TensorType } from "../kernels/types.ts";
import { shapeError } from "./checks.ts";

/** NumPy's rule: shapes are aligned at the last axis; a size of 1 repeats. @throws ShapeError */
export function broadcastShapes(op: string, inputs: readonly TensorType[]): Shape {
  const rank = Math.max(0, ...inputs.map((input) => input.shape.length));
  return Array.from({ length: rank }, (_, axis) => {
    let size = 1;
    for (const { shape } of inputs) {
      const own = shape[axis - rank + shape.length] ?? 1;
      if (own !== 1 && size !== 1 && own !== size) {
        throw shapeError(
          op,
          inputs,
          "the shapes do not broadcast",
          "sizes that are equal or 1, aligned at the last axis",
          `axis ${axis - rank} has sizes ${size} and ${own}`,
        );
      }
      if (own !== 1) size = own;
    }
    return size;
  });
}

/** Row-major distances between neighbours along each axis, in elements. */
export function strides(shape: Shape): number[] {
  const result = new Array<number>(shape.length).fill(1);
  for (let axis = shape.length - 2; axis >= 0; axis--)
    result[axis] = (result[axis + 1] ?? 1) * (shape[axis + 1] ?? 1);
  return result;
}

/** An input's strides along the output's axes: 0 where it repeats. */
export function broadcastStrides(input: Shape, output: Shape): number[] {
  const own = strides(input);
  const missing = output.length - input.length;
  return output.map((_, axis) => {
    const inner = axis - missing;
    return inner < 0 || input[inner] === 1 ? 0 : (own[inner] ?? 0);
  });
}

/** Axes merged where every operand walks over them as over one, then padded in front to `rank`. */
export interface Collapsed {
  readonly sizes: readonly number[];
  readonly strides: readonly (readonly number[])[];
}

export function collapseAxes(
  shape: Shape,
  operandStrides: readonly (readonly number[])[],
  rank: number,
): Collapsed {
  const sizes: number[] = [];
  const merged: number[][] = operandStrides.map(() => []);
  shape.forEach((size, axis) => {
    if (size === 1) return;
    const last = sizes.length - 1;
    const continues =
      last >= 0 && operandStrides.every((own, index) => merged[index]?.[last] === (own[axis] ?? 0) * size);
    if (continues) sizes[last] = (sizes[last] ?? 1) * size;
    else sizes.push(size);
    operandStrides.forEach((own, index) => {
      const list = merged[index];
      if (list) list[continues ? last : sizes.length - 1] = own[axis] ?? 0;
    });
  });
  if (sizes.length > rank)
    throw new Error(`internal: more than ${rank} axes are left of [${shape.join(", ")}]`);
  const front = rank - sizes.length;
  return {
    sizes: [...new Array<number>(front).fill(1), ...sizes],
    strides: merged.map((own) => [...new Array<number>(front).fill(0), ...own]),
  };
}
