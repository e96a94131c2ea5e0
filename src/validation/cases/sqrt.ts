import { sqrt } from "../../ops/sqrt.ts";
import { valuesCase } from "../kit/extremes.ts";
import { unarySwept } from "../kit/shapes.ts";

const list = unarySwept(
  "sqrt",
  sqrt,
  { positiveInfinity: Number.POSITIVE_INFINITY, negativeInfinity: Number.NaN },
  { kind: "uniform", low: 0.1, high: 10 },
);

export const cases = {
  ...list,
  cases: [...list.cases, valuesCase("extremes", [1e-30, 0, 1, 1e4, 3e38, -1, Number.NaN], sqrt)],
};
