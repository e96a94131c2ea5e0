import type { Tensor } from "../../graph/tensor.ts";
import { gelu } from "../../ops/gelu.ts";
import { extremesCase } from "../kit/extremes.ts";
import { unarySwept } from "../kit/shapes.ts";

const exact = (x: Tensor) => gelu(x);
const list = unarySwept("gelu", exact, { positiveInfinity: Number.POSITIVE_INFINITY, negativeInfinity: -0 });

export const cases = { ...list, cases: [...list.cases, extremesCase(exact)] };
