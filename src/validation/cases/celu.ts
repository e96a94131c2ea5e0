import { celu } from "../../ops/celu.ts";
import { unarySwept } from "../kit/shapes.ts";

/** Of a function: its node is elu's. */
export const cases = unarySwept("celu", (x) => celu(x, 0.75), {
  positiveInfinity: Number.POSITIVE_INFINITY,
  negativeInfinity: -0.75,
});
