import type { Tensor } from "../graph/tensor.ts";
import type { DType } from "../kernels/types.ts";
import { isFloat } from "../kernels/types.ts";
import { castFloats } from "./cast.ts";
import { castInteger } from "./castInteger.ts";

/**
 * The same numbers in another dtype.
 *
 * Between f32 and f16: to f16 rounded to the nearest, beyond 65,504 infinite; to f32 exact. f16 halves memory and traffic;
 * kernels compute in f32 all the same. Gradients come back in the dtype of x, so that parameters stay f32 and are cast where
 * they are used.
 *
 * From floats to integers it truncates; what is out of the new type's range becomes its nearest end, where PyTorch wraps
 * integers around and leaves the rest undefined; NaN becomes 0. Integers beyond 2²⁴ are rounded to f32. No gradient goes
 * through.
 * @returns x itself where it has the dtype
 */
export function cast(x: Tensor, dtype: DType): Tensor {
  if (x.dtype === dtype) return x;
  if (isFloat(x.dtype) && isFloat(dtype)) return castFloats(x, dtype);
  if (dtype === "f16") return castFloats(cast(x, "f32"), dtype);
  return castInteger(x.dtype === "f16" ? castFloats(x, "f32") : x, dtype);
}
