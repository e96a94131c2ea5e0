import { outer } from "../../ops/outer.ts";
import type { Case, CaseList } from "../case.ts";
import { inHalf } from "../kit/half.ts";
import { need } from "../kit/shapes.ts";

const outerCase = (m: number, n: number): Case => ({
  name: `${m} by ${n}`,
  inputs: [{ shape: [m] }, { shape: [n] }],
  build: ([a, b]) => outer(need(a), need(b)),
});

export const cases: CaseList = {
  op: "outer",
  cases: [outerCase(1, 1), outerCase(5, 7), outerCase(6, 8), outerCase(67, 1), inHalf(outerCase(5, 8))],
  random: (draw) => outerCase(draw.integer(1, 40), draw.integer(1, 40)),
};
