import { exp } from "../../ops/exp.ts";
import { unaryWithExtremes } from "../kit/extremes.ts";

export const cases = unaryWithExtremes("exp", exp);
