import { floor } from "../../ops/floor.ts";
import { unarySwept } from "../kit/shapes.ts";

export const cases = unarySwept("floor", floor, {
  positiveInfinity: Number.POSITIVE_INFINITY,
  negativeInfinity: Number.NEGATIVE_INFINITY,
  tolerance: { kind: "relative", error: 1e-7 },
});
