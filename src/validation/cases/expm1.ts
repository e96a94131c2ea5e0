import { expm1 } from "../../ops/expm1.ts";
import { unarySwept } from "../kit/shapes.ts";

export const cases = unarySwept("expm1", expm1, {
  positiveInfinity: Math.expm1(88.71875),
  negativeInfinity: -1,
  tolerance: { kind: "relative", error: 1.2e-6 },
});
