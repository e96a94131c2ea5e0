import { softmaxCrossEntropy } from "../../src/ops/softmaxCrossEntropy.ts";
import { labelledCases } from "../support/labelled.ts";

export const cases = { op: "softmaxCrossEntropy", cases: labelledCases(softmaxCrossEntropy) };
