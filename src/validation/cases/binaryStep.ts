import { binaryStep } from "../../ops/binaryStep.ts";
import { unarySwept } from "../kit/shapes.ts";

export const cases = unarySwept("binaryStep", binaryStep, { positiveInfinity: 1, negativeInfinity: 0 });
