import type { DType } from "../kernels/types.ts";
import type { Missing } from "../ops/indexed_axis.ts";

/** What an index past the end takes. */
export function missingValue(missing: Missing, dtype: DType): number {
  if (missing === "zero") return 0;
  return { f32: Number.NaN, f16: Number.NaN, u32: 4_294_967_295, i32: -2_147_483_648 }[dtype];
}
