import "../kernels/generated/product.ts";
import type { Tensor } from "../graph/tensor.ts";
import { cast } from "./cast.ts";
import { cumprod } from "./cumprod.ts";
import { mul } from "./mul.ts";
import type { ReduceOptions, ReductionAttributes } from "./reduction.ts";
import { defineReduction, reduceAxes, reductionView } from "./reduction.ts";
import { reductionKernels } from "./reduction_kernels.ts";
import { reshape } from "./reshape.ts";

export const productOp = defineReduction({
  name: "product",
  saves: ["x"],
  vjp: (dy, saved, attributes) => [mul(dy, productOfOthers(saved("x"), attributes))],
  acceptsEpilogue: [],
  kernels: reductionKernels("product/fold"),
});

/** For each element the product of all others: of those before it and of those behind it, so that nothing is divided. */
function productOfOthers(x: Tensor, attributes: ReductionAttributes): Tensor {
  const { outer, length, inner } = reductionView(x.shape, attributes);
  const line = reshape(cast(x, "f32"), [outer, length, inner]);
  const before = cumprod(line, { axis: 1, exclusive: true });
  const behind = cumprod(line, { axis: 1, exclusive: true, reverse: true });
  return reshape(mul(before, behind), x.shape);
}

/**
 * Product over axes, in a fixed order. Its gradient is right where factors are 0, and differentiable again. An empty list
 * of axes returns x.
 */
export function product(x: Tensor, options: ReduceOptions = {}): Tensor {
  return reduceAxes(productOp, x, options);
}
