import { selu } from "../../ops/selu.ts";
import { unarySwept } from "../kit/shapes.ts";

/** Of a function: its node is elu's. */
export const cases = unarySwept("selu", selu, {
  positiveInfinity: Number.POSITIVE_INFINITY,
  negativeInfinity: -1.0507009873554805 * 1.6732632423543772,
});
