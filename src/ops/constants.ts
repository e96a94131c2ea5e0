import { UsageError } from "../device/errors.ts";
import { constantTensor } from "../graph/leaves.ts";
import type { Tensor } from "../graph/tensor.ts";
import type { DType, Shape, TypedArray } from "../kernels/types.ts";
import { broadcastTo } from "./broadcast.ts";
import { oneHot } from "./oneHot.ts";

/** Every element one number: a repeated scalar, which elementwise ops read without storing it. f32 by default. */
export function full(shape: Shape, value: number, dtype: DType = "f32"): Tensor {
  return broadcastTo(constantTensor(hostValues(dtype, [value]), { shape: [], dtype }), shape);
}

/** Every element 0; f32 by default. */
export const zeros = (shape: Shape, dtype: DType = "f32"): Tensor => full(shape, 0, dtype);

/** Every element 1; f32 by default. */
export const ones = (shape: Shape, dtype: DType = "f32"): Tensor => full(shape, 1, dtype);

/** Zeros of a tensor's shape and dtype. */
export const zerosLike = (x: Tensor): Tensor => full(x.shape, 0, x.dtype);

/** Ones of a tensor's shape and dtype. */
export const onesLike = (x: Tensor): Tensor => full(x.shape, 1, x.dtype);

/**
 * start, start + step, … below `stop` (above it where the step is negative), as NumPy's `arange`; with one number, from 0
 * to below it. f32 by default. The numbers are made on the host.
 * @throws UsageError where there are none
 */
export function arange(start: number, stop?: number, step = 1, dtype: DType = "f32"): Tensor {
  const [first, end] = stop === undefined ? [0, start] : [start, stop];
  const count = Math.ceil((end - first) / step);
  if (!Number.isFinite(count) || count < 1) {
    const got = `from ${first} to ${end} by ${step}`;
    throw new UsageError({ where: "arange", problem: "there are no numbers", got });
  }
  return listed(count, (index) => first + index * step, dtype);
}

/**
 * `count` numbers at equal distances from start to stop, both included, as NumPy's `linspace`; f32. One number is start.
 * @throws UsageError where the count is no positive integer
 */
export function linspace(start: number, stop: number, count: number): Tensor {
  if (!Number.isInteger(count) || count < 1) {
    const expected = "a positive integer";
    throw new UsageError({ where: "linspace", problem: "wrong count", got: String(count), expected });
  }
  const last = Math.max(1, count - 1);
  return listed(count, (index) => start + ((stop - start) * index) / last, "f32");
}

/** f32 [size, size]: ones on the diagonal, else zeros. */
export const eye = (size: number): Tensor => oneHot(arange(0, size, 1, "u32"), size);

function listed(count: number, value: (index: number) => number, dtype: DType): Tensor {
  const values = Array.from({ length: count }, (_, index) => value(index));
  return constantTensor(hostValues(dtype, values), { shape: [count], dtype });
}

/** As constants hold them: floats of either size in a Float32Array. */
function hostValues(dtype: DType, values: readonly number[]): TypedArray {
  switch (dtype) {
    case "f32":
    case "f16":
      return Float32Array.from(values);
    case "u32":
      return Uint32Array.from(values);
    case "i32":
      return Int32Array.from(values);
    default:
      return dtype satisfies never;
  }
}
