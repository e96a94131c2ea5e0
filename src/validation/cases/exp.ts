import { exp } from "../../ops/exp.ts";
import { extremesCase } from "../kit/extremes.ts";
import { unarySwept } from "../kit/shapes.ts";

const list = unarySwept("exp", exp, { positiveInfinity: Math.exp(88.71875), negativeInfinity: 0 });

export const cases = { ...list, cases: [...list.cases, extremesCase(exp)] };
