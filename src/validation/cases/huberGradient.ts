import { huberGradient } from "../../ops/huberGradient.ts";
import { thresholdCases } from "../kit/losses.ts";

export const cases = thresholdCases("huberGradient", (a, b, delta) => huberGradient(a, b, { delta }));
