import { huberError } from "../../ops/huberError.ts";
import { thresholdCases } from "../kit/losses.ts";

export const cases = thresholdCases("huberError", (a, b, delta) => huberError(a, b, { delta }));
