import { tanh } from "../../src/ops/tanh.ts";
import { unaryWithExtremes } from "../support/extremes.ts";

export const cases = unaryWithExtremes("tanh", tanh);
