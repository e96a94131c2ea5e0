import { sigmoid } from "../../ops/sigmoid.ts";
import { unaryWithExtremes } from "../kit/extremes.ts";

export const cases = unaryWithExtremes("sigmoid", sigmoid);
