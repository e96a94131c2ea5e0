import { log } from "../../ops/log.ts";
import { valuesCase } from "../kit/extremes.ts";
import { unary } from "../kit/shapes.ts";

const usual = unary("log", log, { kind: "uniform", low: 0.1, high: 10 });

export const cases = {
  ...usual,
  cases: [
    ...usual.cases,
    valuesCase("extremes", [1e-37, 1e-30, 0.999, 1, 1.001, 1e4, 3e38, 0, -1, Number.NaN], log),
  ],
};
