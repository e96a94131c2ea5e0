import { reciprocal } from "../../ops/reciprocal.ts";
import { unary } from "../kit/shapes.ts";

export const cases = unary("reciprocal", reciprocal, { kind: "uniform", low: 0.5, high: 3 });
