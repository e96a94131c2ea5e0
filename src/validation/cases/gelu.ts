import { gelu } from "../../ops/gelu.ts";
import { unaryWithExtremes } from "../kit/extremes.ts";

export const cases = unaryWithExtremes("gelu", gelu);
