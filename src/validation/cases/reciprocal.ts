import { reciprocal } from "../../ops/reciprocal.ts";
import { unarySwept } from "../kit/shapes.ts";

export const cases = unarySwept(
  "reciprocal",
  reciprocal,
  { positiveInfinity: 0, negativeInfinity: -0 },
  { kind: "uniform", low: 0.5, high: 3 },
);
