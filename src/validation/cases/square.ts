import { square } from "../../ops/square.ts";
import { unarySwept } from "../kit/shapes.ts";

export const cases = unarySwept("square", square, {
  positiveInfinity: Number.POSITIVE_INFINITY,
  negativeInfinity: Number.POSITIVE_INFINITY,
});
