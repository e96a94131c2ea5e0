import { reciprocal } from "../../src/ops/reciprocal.ts";
import { unary } from "../support/shapes.ts";

export const cases = unary("reciprocal", reciprocal, { kind: "uniform", low: 0.5, high: 3 });
