import { sqrt } from "../../ops/sqrt.ts";
import { valuesCase } from "../kit/extremes.ts";
import { unary } from "../kit/shapes.ts";

const usual = unary("sqrt", sqrt, { kind: "uniform", low: 0.1, high: 10 });

export const cases = {
  ...usual,
  cases: [...usual.cases, valuesCase("extremes", [1e-30, 0, 1, 1e4, 3e38, -1, Number.NaN], sqrt)],
};
