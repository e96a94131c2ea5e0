import { neg } from "../../src/ops/neg.ts";
import { unary } from "../support/shapes.ts";

export const cases = unary("neg", neg);
