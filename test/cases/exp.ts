import { exp } from "../../src/ops/exp.ts";
import { unaryWithExtremes } from "../support/extremes.ts";

export const cases = unaryWithExtremes("exp", exp);
