import { mish } from "../../ops/mish.ts";
import { unarySwept } from "../kit/shapes.ts";

export const cases = unarySwept("mish", mish, {
  positiveInfinity: Number.POSITIVE_INFINITY,
  negativeInfinity: -0,
});
