import { log } from "../../src/ops/log.ts";
import { valuesCase } from "../support/extremes.ts";
import { unary } from "../support/shapes.ts";

const { op, cases: usual } = unary("log", log, { kind: "uniform", low: 0.1, high: 10 });

export const cases = {
  op,
  cases: [
    ...usual,
    valuesCase("extremes", [1e-37, 1e-30, 0.999, 1, 1.001, 1e4, 3e38, 0, -1, Number.NaN], log),
  ],
};
