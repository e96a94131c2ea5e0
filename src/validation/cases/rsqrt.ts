import { rsqrt } from "../../ops/rsqrt.ts";
import { unarySwept } from "../kit/shapes.ts";

export const cases = unarySwept(
  "rsqrt",
  rsqrt,
  { positiveInfinity: 0, negativeInfinity: Number.NaN },
  { kind: "uniform", low: 0.5, high: 10 },
);
