import { log } from "../../ops/log.ts";
import { valuesCase } from "../kit/extremes.ts";
import { unarySwept } from "../kit/shapes.ts";

const list = unarySwept(
  "log",
  log,
  { positiveInfinity: Number.POSITIVE_INFINITY, negativeInfinity: Number.NaN },
  { kind: "uniform", low: 0.1, high: 10 },
);

export const cases = {
  ...list,
  cases: [
    ...list.cases,
    valuesCase("extremes", [1e-37, 1e-30, 0.999, 1, 1.001, 1e4, 3e38, 0, -1, Number.NaN], log),
  ],
};
