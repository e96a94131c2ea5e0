import { halfBits, halfValue } from "./half.ts";

/**
 * Element types that live in storage buffers. f32 is the default; u32 and i32 are indices and labels. f16 is for storage
 * alone: kernels compute in f32 and round what they store.
 */
export type DType = FloatDType | "u32" | "i32";

/** Dtypes that gradients flow through. */
export type FloatDType = "f32" | "f16";

/** Sizes of the axes, outermost first; [] is a scalar. Images are NHWC, filters HWIO. */
export type Shape = readonly number[];

/** Everything about a tensor that is known before anything runs. */
export interface TensorType {
  readonly shape: Shape;
  readonly dtype: DType;
}

/** Host-side elements of a tensor; those of f16 are in a Float32Array. The CPU executor holds floats as Float64Array. */
export type TypedArray = Float32Array | Float64Array | Uint32Array | Int32Array;

/** What a GPU buffer holds: f16 as bits. */
export type StorageArray = Float32Array | Uint16Array | Uint32Array | Int32Array;

export function isFloat(dtype: DType): dtype is FloatDType {
  return dtype === "f32" || dtype === "f16";
}

/** Bytes of an element in storage. */
export function elementBytes(dtype: DType): number {
  return dtype === "f16" ? 2 : 4;
}

export function elementCount(shape: Shape): number {
  return shape.reduce((count, size) => count * size, 1);
}

/** Bytes of a tensor's elements. */
export function tensorBytes({ shape, dtype }: TensorType): number {
  return elementCount(shape) * elementBytes(dtype);
}

/** Bytes of all elements of tensors: the traffic of a kernel that touches each once. */
export function trafficBytes(...types: readonly TensorType[]): number {
  return types.reduce((sum, type) => sum + tensorBytes(type), 0);
}

/** Bytes of a tensor's storage: padded so that the last vec4 or mat4x4 of 32-bit elements can be touched whole. */
export function storageBytes(type: TensorType): number {
  return Math.max(64, roundUp(tensorBytes(type), 64));
}

/** Offsets of bindings are multiples of this on every adapter. */
export const bindingAlignment = 256;

export function roundUp(value: number, multiple: number): number {
  return Math.ceil(value / multiple) * multiple;
}

export function ceilDivide(value: number, divisor: number): number {
  return Math.ceil(value / divisor);
}

export function sameShape(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((size, axis) => size === b[axis]);
}

export function formatShape(shape: Shape): string {
  return `[${shape.join(", ")}]`;
}

export function formatType(type: TensorType): string {
  return `${type.dtype}${formatShape(type.shape)}`;
}

/**
 * Copies host values into an array of the dtype that a GPU buffer holds. For f16, numbers are rounded to the nearest, and
 * a Uint16Array is taken as the bits.
 */
export function toStorageArray(dtype: DType, values: ArrayLike<number>): StorageArray {
  switch (dtype) {
    case "f32":
      return values instanceof Float32Array ? values : Float32Array.from(values);
    case "f16":
      return values instanceof Uint16Array ? values : Uint16Array.from(values, halfBits);
    case "u32":
      return values instanceof Uint32Array ? values : Uint32Array.from(values);
    case "i32":
      return values instanceof Int32Array ? values : Int32Array.from(values);
    default:
      return dtype satisfies never;
  }
}

/** Looks at a buffer's bytes as elements of the dtype; those of f16 are copied into a Float32Array. */
export function viewStorage(dtype: DType, bytes: ArrayBuffer, count: number): TypedArray {
  switch (dtype) {
    case "f32":
      return new Float32Array(bytes, 0, count);
    case "f16":
      return Float32Array.from(new Uint16Array(bytes, 0, count), halfValue);
    case "u32":
      return new Uint32Array(bytes, 0, count);
    case "i32":
      return new Int32Array(bytes, 0, count);
    default:
      return dtype satisfies never;
  }
}

/** Host values as they come back from storage: rounded to the dtype. A Uint16Array for f16 holds bits. */
export function storedValues(dtype: DType, values: ArrayLike<number>): TypedArray {
  const stored = toStorageArray(dtype, values);
  return stored instanceof Uint16Array ? Float32Array.from(stored, halfValue) : stored;
}

/** The type of a compiled step's input: `spec("f32", [64, 28, 28, 1])`. */
export const spec = (dtype: DType, shape: Shape): TensorType => ({ dtype, shape });
