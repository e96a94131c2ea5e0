import { tanh } from "../../ops/tanh.ts";
import { unaryWithExtremes } from "../kit/extremes.ts";

export const cases = unaryWithExtremes("tanh", tanh);
