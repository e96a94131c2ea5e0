import { sigmoid } from "../../src/ops/sigmoid.ts";
import { unaryWithExtremes } from "../support/extremes.ts";

export const cases = unaryWithExtremes("sigmoid", sigmoid);
