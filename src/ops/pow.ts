import "../kernels/generated/elementwise/pow.ts";
import { scalar } from "../graph/leaves.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import { defineElementwise } from "./elementwise.ts";
import { equal } from "./equal.ts";
import { lessEqual } from "./lessEqual.ts";
import { log } from "./log.ts";
import { mul } from "./mul.ts";
import { reciprocal } from "./reciprocal.ts";
import { rsqrt } from "./rsqrt.ts";
import { sqrt } from "./sqrt.ts";
import { square } from "./square.ts";
import { sub } from "./sub.ts";
import { where } from "./where.ts";

export const powOp = defineElementwise({
  name: "pow",
  inputs: ["base", "exponent"],
  saves: ["base", "exponent", "out"],
  vjp: (dy, saved) => {
    const [base, exponent, out] = [saved("base"), saved("exponent"), saved("out")];
    const zero = scalar(0);
    const slope = mul(exponent, pow(base, sub(exponent, scalar(1))));
    // 0ᵇ is flat in b > 0, where log 0 · 0 would be no number.
    const flat = mul(equal(base, zero), lessEqual(zero, exponent));
    return [
      mul(dy, where(equal(exponent, zero), zero, slope)),
      mul(dy, where(flat, zero, mul(out, log(base)))),
    ];
  },
  flops: 70,
});

/** Exponents with an op of their own, which is faster and rounds less. */
const named = new Map<number, (base: Tensor) => Tensor>([
  [1, (base) => base],
  [2, square],
  [3, (base) => mul(base, square(base))],
  [0.5, sqrt],
  [-0.5, rsqrt],
  [-1, reciprocal],
]);

/**
 * baseᵉˣᵖᵒⁿᵉⁿᵗ, broadcasting as NumPy does, with C's rules as in PyTorch: of a negative base NaN where the exponent is no
 * integer, 1 for the exponent 0 and for the base 1 even beside NaN. The gradient with respect to the exponent is NaN for a
 * negative base, and 0 for the base 0.
 * @param exponent a number stands for a scalar; 1, 2, 3, ±½ and −1 become ops of their own
 */
export function pow(base: Tensor, exponent: Tensor | number): Tensor {
  if (typeof exponent !== "number") return apply(powOp, [base, exponent], null);
  return named.get(exponent)?.(base) ?? apply(powOp, [base, scalar(exponent)], null);
}
