import { softmaxCrossEntropy } from "../../ops/softmaxCrossEntropy.ts";
import { labelledCases } from "../kit/labelled.ts";

export const cases = { op: "softmaxCrossEntropy", cases: labelledCases(softmaxCrossEntropy) };
