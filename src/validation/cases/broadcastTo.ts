import type { Shape } from "../../kernels/types.ts";
import { broadcastTo } from "../../ops/broadcastTo.ts";
import type { Case, CaseList } from "../case.ts";
import { inHalf } from "../kit/half.ts";
import { anyOperand, anyShape, need } from "../kit/shapes.ts";

const broadcastCase = (name: string, from: Shape, to: Shape): Case => ({
  name,
  inputs: [{ shape: from }],
  build: ([x]) => broadcastTo(need(x), to),
});

const inFull = [
  broadcastCase("a scalar", [], [5, 3]),
  broadcastCase("a row", [8], [3, 8]),
  broadcastCase("a column", [3, 1], [2, 3, 7]),
];

export const cases: CaseList = {
  op: "broadcastTo",
  cases: [...inFull, ...inFull.map(inHalf)],
  random: (draw) => {
    const shape = anyShape(draw);
    // Of equal shapes nothing would be left to do.
    return broadcastCase("any shapes", anyOperand(draw, shape), [draw.integer(2, 4), ...shape]);
  },
};
