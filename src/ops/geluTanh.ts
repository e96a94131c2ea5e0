import "../kernels/generated/elementwise/geluTanh.ts";
import { scalar } from "../graph/leaves.ts";
import { add } from "./add.ts";
import { clamp } from "./clamp.ts";
import { defineElementwise } from "./elementwise.ts";
import { mul } from "./mul.ts";
import { sigmoid } from "./sigmoid.ts";
import { square } from "./square.ts";
import { sub } from "./sub.ts";

const rate = 2 * Math.sqrt(2 / Math.PI);
const cubic = 0.044715;

/** The approximate form of `gelu`: x · σ(2 · √(2/π) · (x + 0.044715 · x³)), which is the one with tanh written shorter. */
export const geluTanhOp = defineElementwise({
  name: "geluTanh",
  inputs: ["x"],
  saves: ["x"],
  // σ + x · σ · (1 − σ) · (its argument)′. Beyond ±12 the second part is 0 to f64 as well; x³ must not reach infinity.
  vjp: (dy, saved) => {
    const x = clamp(saved("x"), { min: -12, max: 12 });
    const squared = square(x);
    const s = sigmoid(mul(mul(x, scalar(rate)), add(scalar(1), mul(squared, scalar(cubic)))));
    const slope = mul(scalar(rate), add(scalar(1), mul(squared, scalar(3 * cubic))));
    return [mul(dy, add(s, mul(mul(x, slope), mul(s, sub(scalar(1), s)))))];
  },
  flops: 22,
});
