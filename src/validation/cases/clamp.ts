import { clamp } from "../../ops/clamp.ts";
import type { CaseList } from "../case.ts";
import { unaryCase, unarySwept } from "../kit/shapes.ts";

const list = unarySwept(
  "clamp",
  (x) => clamp(x, { min: -1.25, max: 2.5 }),
  { positiveInfinity: 2.5, negativeInfinity: -1.25 },
  { kind: "normal", scale: 2 },
);

export const cases: CaseList = {
  ...list,
  cases: [
    ...list.cases,
    unaryCase("from below", [67], (x) => clamp(x, { min: 0.3 }), { kind: "normal" }),
    unaryCase("from above", [67], (x) => clamp(x, { max: 0.3 }), { kind: "normal" }),
    unaryCase("bounds in the wrong order", [67], (x) => clamp(x, { min: 1, max: -1 }), { kind: "normal" }),
  ],
};
