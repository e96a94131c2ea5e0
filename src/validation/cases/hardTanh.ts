import { hardTanh } from "../../ops/hardTanh.ts";
import { unaryCase, unarySwept } from "../kit/shapes.ts";

const list = unarySwept("hardTanh", (x) => hardTanh(x), { positiveInfinity: 1, negativeInfinity: -1 });

export const cases = {
  ...list,
  cases: [...list.cases, unaryCase("other bounds", [7, 11], (x) => hardTanh(x, 0.5, 2), { kind: "normal" })],
};
