import { hardSigmoid } from "../../ops/hardSigmoid.ts";
import { unarySwept } from "../kit/shapes.ts";

export const cases = unarySwept("hardSigmoid", hardSigmoid, { positiveInfinity: 1, negativeInfinity: 0 });
