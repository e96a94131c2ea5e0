import { softmaxCrossEntropyGradient } from "../../ops/softmaxCrossEntropyGradient.ts";
import { labelledCases } from "../kit/labelled.ts";

export const cases = { op: "softmaxCrossEntropyGradient", cases: labelledCases(softmaxCrossEntropyGradient) };
