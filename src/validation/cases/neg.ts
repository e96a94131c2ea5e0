import { neg } from "../../ops/neg.ts";
import { unary } from "../kit/shapes.ts";

export const cases = unary("neg", neg);
