import { scalar } from "../graph/leaves.ts";
import type { Tensor } from "../graph/tensor.ts";
import { castFloats, castLike } from "./cast.ts";
import { mul } from "./mul.ts";
import type { ReduceOptions } from "./reduction.ts";
import { normaliseAxes } from "./reduction.ts";
import { sum } from "./sum.ts";

/** Mean over axes: the sum by the number of elements. An empty list of axes returns x. */
export function mean(x: Tensor, options: ReduceOptions = {}): Tensor {
  const axes = normaliseAxes("mean", x.shape, options.axes);
  if (axes.length === 0) return x;
  // Of f16, a sum may be beyond what f16 holds where the mean is not.
  if (x.dtype === "f16") return castLike(mean(castFloats(x, "f32"), options), x);
  const elements = axes.reduce((product, axis) => product * (x.shape[axis] ?? 1), 1);
  return mul(sum(x, options), scalar(1 / elements));
}
