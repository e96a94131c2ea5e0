import { leakyRelu } from "../../ops/leakyRelu.ts";
import { extremesCase } from "../kit/extremes.ts";
import { unaryCase, unarySwept } from "../kit/shapes.ts";

const list = unarySwept(
  "leakyRelu",
  (x) => leakyRelu(x),
  { positiveInfinity: Number.POSITIVE_INFINITY, negativeInfinity: Number.NEGATIVE_INFINITY },
  { kind: "distinct" },
);

export const cases = {
  ...list,
  cases: [
    ...list.cases,
    extremesCase((x) => leakyRelu(x)),
    unaryCase("a steep slope", [7, 11], (x) => leakyRelu(x, 0.3), { kind: "distinct" }),
  ],
};
