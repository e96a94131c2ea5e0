import { erf } from "../../ops/erf.ts";
import { extremesCase } from "../kit/extremes.ts";
import { unarySwept } from "../kit/shapes.ts";

const list = unarySwept("erf", erf, { positiveInfinity: 1, negativeInfinity: -1 });

export const cases = { ...list, cases: [...list.cases, extremesCase(erf)] };
