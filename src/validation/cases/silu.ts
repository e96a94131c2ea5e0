import { silu } from "../../ops/silu.ts";
import { extremesCase } from "../kit/extremes.ts";
import { unarySwept } from "../kit/shapes.ts";

const list = unarySwept("silu", silu, { positiveInfinity: Number.POSITIVE_INFINITY, negativeInfinity: -0 });

export const cases = { ...list, cases: [...list.cases, extremesCase(silu)] };
