import { neg } from "../../ops/neg.ts";
import { unarySwept } from "../kit/shapes.ts";

export const cases = unarySwept("neg", neg, {
  positiveInfinity: Number.NEGATIVE_INFINITY,
  negativeInfinity: Number.POSITIVE_INFINITY,
});
