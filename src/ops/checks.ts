import { ShapeError } from "../device/errors.ts";
import type { FloatDType, Shape, TensorType } from "../kernels/types.ts";
import { formatType } from "../kernels/types.ts";

/** A ShapeError that names the op, every input's type, what was expected, and a hint. */
export function shapeError(
  op: string,
  inputs: readonly TensorType[],
  problem: string,
  expected?: string,
  hint?: string,
): ShapeError {
  return new ShapeError({ where: op, problem, got: inputs.map(formatType).join(" and "), expected, hint });
}

/** The type of an input that must exist with a rank and a dtype. */
export function expectInput(
  op: string,
  inputs: readonly TensorType[],
  index: number,
  rank: number | null,
  dtype: TensorType["dtype"] = "f32",
): TensorType {
  const type = inputs[index];
  if (!type) throw new ShapeError({ where: op, problem: `input ${index} is missing` });
  if (type.dtype !== dtype) throw shapeError(op, inputs, `input ${index} has the wrong dtype`, dtype);
  if (rank !== null && type.shape.length !== rank) {
    throw shapeError(op, inputs, `input ${index} has the wrong rank`, `${rank} axes`, "reshape it first");
  }
  return type;
}

/** The type of an input that must exist and be a float, with a rank. */
export function expectFloat(
  op: string,
  inputs: readonly TensorType[],
  index: number,
  rank: number | null,
): TensorType & { readonly dtype: FloatDType } {
  const given = inputs[index]?.dtype;
  const dtype = given === "f16" ? "f16" : "f32";
  return { ...expectInput(op, inputs, index, rank, dtype), dtype };
}

/**
 * What an op of floats gives: f16 where all its tensors are, else f32. Scalars do not count beside tensors with axes, so
 * that `x.mul(2)` stays what x is.
 */
export function promoteFloats(types: readonly TensorType[]): FloatDType {
  const counted = types.some(({ shape }) => shape.length > 0)
    ? types.filter(({ shape }) => shape.length > 0)
    : types;
  return counted.length > 0 && counted.every(({ dtype }) => dtype === "f16") ? "f16" : "f32";
}

/** Counts from the end where an axis is negative. @throws ShapeError where there is no such axis */
export function normaliseAxis(op: string, shape: Shape, axis: number): number {
  const normalised = axis < 0 ? axis + shape.length : axis;
  if (!Number.isInteger(axis) || normalised < 0 || normalised >= shape.length) {
    throw new ShapeError({
      where: op,
      problem: "there is no such axis",
      got: `axis ${axis} of ${shape.length}`,
      expected: `an integer from ${-shape.length} to ${shape.length - 1}`,
    });
  }
  return normalised;
}

/** The size of an axis that a shape rule has made sure of. */
export function sizeAt(shape: Shape, axis: number): number {
  const size = shape.at(axis);
  if (size === undefined) throw new Error(`internal: no axis ${axis} in [${shape.join(", ")}]`);
  return size;
}
