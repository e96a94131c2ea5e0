import { sin } from "../../ops/sin.ts";
import { unarySwept } from "../kit/shapes.ts";

export const cases = unarySwept("sin", sin, { positiveInfinity: Number.NaN, negativeInfinity: Number.NaN });
