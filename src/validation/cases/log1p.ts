import { log1p } from "../../ops/log1p.ts";
import { unarySwept } from "../kit/shapes.ts";

export const cases = unarySwept(
  "log1p",
  log1p,
  {
    positiveInfinity: Number.POSITIVE_INFINITY,
    negativeInfinity: Number.NaN,
    tolerance: { kind: "relative", error: 1e-6 },
  },
  { kind: "uniform", low: -0.9, high: 10 },
);
