import { leakyRelu } from "../../ops/leakyRelu.ts";
import type { CaseList } from "../case.ts";
import { extremesCase } from "../kit/extremes.ts";
import { anyShape, unaryCase, unarySwept } from "../kit/shapes.ts";

const list = unarySwept(
  "leakyRelu",
  (x) => leakyRelu(x),
  { positiveInfinity: Number.POSITIVE_INFINITY, negativeInfinity: Number.NEGATIVE_INFINITY },
  { kind: "distinct" },
);

export const cases: CaseList = {
  ...list,
  cases: [
    ...list.cases,
    extremesCase((x) => leakyRelu(x)),
    unaryCase("a steep slope", [7, 11], (x) => leakyRelu(x, 0.3), { kind: "distinct" }),
  ],
  random: (draw) => {
    const slope = draw.pick([0.01, 0, 0.5, 1.5]);
    return unaryCase(`slope ${slope}`, anyShape(draw), (x) => leakyRelu(x, slope), { kind: "distinct" });
  },
};
