import { tanh } from "../../ops/tanh.ts";
import { extremesCase } from "../kit/extremes.ts";
import { unarySwept } from "../kit/shapes.ts";

const list = unarySwept("tanh", tanh, { positiveInfinity: 1, negativeInfinity: -1 });

export const cases = { ...list, cases: [...list.cases, extremesCase(tanh)] };
