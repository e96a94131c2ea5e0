import { erf } from "../../ops/erf.ts";
import { unaryWithExtremes } from "../kit/extremes.ts";

export const cases = unaryWithExtremes("erf", erf);
