import "../kernels/generated/cumprod.ts";
import "../kernels/generated/product.ts";
import type { Op } from "../graph/op.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import { add } from "./add.ts";
import { cast } from "./convert.ts";
import { linearScan } from "./linearScan.ts";
import { mul } from "./mul.ts";
import type { ReductionAttributes } from "./reduction.ts";
import { defineReduction, reductionView } from "./reduction.ts";
import { reductionKernels } from "./reduction_kernels.ts";
import { reshape } from "./reshape.ts";
import type { ScanAttributes } from "./scan_attributes.ts";
import { defineScan } from "./scans.ts";

/*
 * The gradient of a product is made of running products, and long running products are done by products of parts: so both ops
 * are in one file.
 */

const running: Op<ScanAttributes> = defineScan(
  "cumprod",
  () => whole,
  (dy, saved, { axis, reverse, exclusive }) => {
    const x = saved("x");
    const before = apply(running, [x], { axis, reverse, exclusive: true });
    // What the product up to an element is to all results behind it.
    const behind = (cotangent: Tensor) => linearScan(x, cotangent, { axis, reverse: !reverse });
    return [mul(before, exclusive ? behind(dy) : add(dy, behind(mul(dy, x))))];
  },
);

const whole: Op<ReductionAttributes> = defineReduction({
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
  const others = (reverse: boolean) => apply(running, [line], { axis: 1, reverse, exclusive: true });
  return reshape(mul(others(false), others(true)), x.shape);
}

export const products = { whole, running };
