import { abs } from "../../ops/abs.ts";
import { unarySwept } from "../kit/shapes.ts";

export const cases = unarySwept("abs", abs, {
  positiveInfinity: Number.POSITIVE_INFINITY,
  negativeInfinity: Number.POSITIVE_INFINITY,
});
