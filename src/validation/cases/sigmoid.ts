import { sigmoid } from "../../ops/sigmoid.ts";
import { extremesCase } from "../kit/extremes.ts";
import { unarySwept } from "../kit/shapes.ts";

const list = unarySwept("sigmoid", sigmoid, { positiveInfinity: 1, negativeInfinity: 0 });

export const cases = { ...list, cases: [...list.cases, extremesCase(sigmoid)] };
