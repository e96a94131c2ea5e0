import { gelu } from "../../ops/gelu.ts";
import { unarySwept } from "../kit/shapes.ts";

export const cases = unarySwept("geluTanh", (x) => gelu(x, { approximate: "tanh" }), {
  positiveInfinity: Number.POSITIVE_INFINITY,
  negativeInfinity: -0,
});
