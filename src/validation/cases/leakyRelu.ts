import { leakyRelu } from "../../ops/leakyRelu.ts";
import type { CaseList } from "../case.ts";
import { unaryWithExtremes } from "../kit/extremes.ts";
import { anyShape, unaryCase } from "../kit/shapes.ts";

const usual = unaryWithExtremes("leakyRelu", (x) => leakyRelu(x), { kind: "distinct" });

export const cases: CaseList = {
  ...usual,
  cases: [
    ...usual.cases,
    unaryCase("a steep slope", [7, 11], (x) => leakyRelu(x, 0.3), { kind: "distinct" }),
  ],
  random: (draw) => {
    const slope = draw.pick([0.01, 0, 0.5, 1.5]);
    return unaryCase(`slope ${slope}`, anyShape(draw), (x) => leakyRelu(x, slope), { kind: "distinct" });
  },
};
