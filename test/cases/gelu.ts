import { gelu } from "../../src/ops/gelu.ts";
import { unaryWithExtremes } from "../support/extremes.ts";

export const cases = unaryWithExtremes("gelu", gelu);
