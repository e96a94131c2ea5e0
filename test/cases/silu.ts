import { silu } from "../../src/ops/silu.ts";
import { unaryWithExtremes } from "../support/extremes.ts";

export const cases = unaryWithExtremes("silu", silu);
