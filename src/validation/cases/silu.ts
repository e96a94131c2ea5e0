import { silu } from "../../ops/silu.ts";
import { unaryWithExtremes } from "../kit/extremes.ts";

export const cases = unaryWithExtremes("silu", silu);
