import { cos } from "../../ops/cos.ts";
import { unarySwept } from "../kit/shapes.ts";

/** Of a function: its node is sin's. */
export const cases = unarySwept("cos", cos, { positiveInfinity: Number.NaN, negativeInfinity: Number.NaN });
