import type { TypedArray } from "../kernels/types.ts";
import type { HostTensor } from "./reference.ts";
import { at, count } from "./reference.ts";

/** The rows of a tensor along its last axis, in f64. */
export function rowsOf({ data, shape }: HostTensor): Float64Array<ArrayBuffer>[] {
  const columns = shape.at(-1) ?? 1;
  return Array.from({ length: count(shape.slice(0, -1)) }, (_, row) =>
    Float64Array.from({ length: columns }, (_, column) => at(data, row * columns + column)),
  );
}

/** Rows one after the other. */
export function concatenate(rows: readonly TypedArray[]): Float64Array<ArrayBuffer> {
  return Float64Array.from(rows.flatMap((row) => [...row]));
}

/** log Σ eˣ of a row. */
export function logSumExp(row: Float64Array): number {
  const { top, total } = powersOf(row);
  return top + Math.log(total);
}

/** eˣ / Σ eˣ of a row. */
export function softmaxRow(row: Float64Array): Float64Array<ArrayBuffer> {
  const { powers, total } = powersOf(row);
  return powers.map((power) => power / total);
}

function powersOf(row: Float64Array) {
  const top = row.reduce((best, value) => Math.max(best, value));
  const powers = Float64Array.from(row, (value) => Math.exp(value - top));
  return { top, powers, total: powers.reduce((sum, power) => sum + power, 0) };
}

/** The first place of a row's largest element; NaN counts as the largest. */
export function placeOfLargest(row: Float64Array): number {
  const unordered = row.findIndex(Number.isNaN);
  return unordered >= 0 ? unordered : row.indexOf(row.reduce((best, value) => Math.max(best, value)));
}
