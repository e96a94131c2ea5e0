import { erf } from "../../src/ops/erf.ts";
import { unaryWithExtremes } from "../support/extremes.ts";

export const cases = unaryWithExtremes("erf", erf);
