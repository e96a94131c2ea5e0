import { cos } from "../../ops/cos.ts";
import { unarySwept } from "../kit/shapes.ts";

export const cases = unarySwept("cos", cos, { positiveInfinity: Number.NaN, negativeInfinity: Number.NaN });
