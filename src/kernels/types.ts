/** Element types that live in storage buffers. f32 is the default; u32 and i32 are indices and labels. */
export type DType = "f32" | "u32" | "i32";

/** Sizes of the axes, outermost first; [] is a scalar. Images are NHWC, filters HWIO. */
export type Shape = readonly number[];

/** Everything about a tensor that is known before anything runs. */
export interface TensorType {
  readonly shape: Shape;
  readonly dtype: DType;
}

/** Host-side elements of a tensor. The CPU executor holds f32 tensors as Float64Array. */
export type TypedArray = Float32Array | Float64Array | Uint32Array | Int32Array;

export function elementCount(shape: Shape): number {
  return shape.reduce((count, size) => count * size, 1);
}

/** Bytes of a tensor's storage: 4 an element, padded so that the last vec4 can be touched whole. */
export function storageBytes(type: TensorType): number {
  return Math.max(16, roundUp(elementCount(type.shape) * 4, 16));
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

/** Copies host values into an array of the dtype that a GPU buffer holds. */
export function toStorageArray(
  dtype: DType,
  values: ArrayLike<number>,
): Float32Array | Uint32Array | Int32Array {
  switch (dtype) {
    case "f32":
      return values instanceof Float32Array ? values : Float32Array.from(values);
    case "u32":
      return values instanceof Uint32Array ? values : Uint32Array.from(values);
    case "i32":
      return values instanceof Int32Array ? values : Int32Array.from(values);
    default:
      return dtype satisfies never;
  }
}

/** Looks at a buffer's bytes as elements of the dtype. */
export function viewStorage(
  dtype: DType,
  bytes: ArrayBuffer,
  count: number,
): Float32Array | Uint32Array | Int32Array {
  switch (dtype) {
    case "f32":
      return new Float32Array(bytes, 0, count);
    case "u32":
      return new Uint32Array(bytes, 0, count);
    case "i32":
      return new Int32Array(bytes, 0, count);
    default:
      return dtype satisfies never;
  }
}
