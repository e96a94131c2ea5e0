import type { DType } from "../kernels/types.ts";
import { toStorageArray } from "../kernels/types.ts";

/** A number as the 32 bits that storage of the dtype holds: what kernels that only move data take it as. */
export function wordOf(value: number, dtype: DType): number {
  const [word = 0] = new Uint32Array(toStorageArray(dtype, [value]).buffer);
  return word;
}
