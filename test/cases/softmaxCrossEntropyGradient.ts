import { softmaxCrossEntropyGradient } from "../../src/ops/softmaxCrossEntropyGradient.ts";
import { labelledCases } from "../support/labelled.ts";

export const cases = { op: "softmaxCrossEntropyGradient", cases: labelledCases(softmaxCrossEntropyGradient) };
