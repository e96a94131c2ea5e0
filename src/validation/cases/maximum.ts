import { maximum } from "../../ops/maximum.ts";
import { oddPairs } from "../kit/comparisons.ts";
import { binary } from "../kit/shapes.ts";

const list = binary("maximum", maximum);

export const cases = {
  ...list,
  cases: [...list.cases, { ...oddPairs(maximum), tolerance: { kind: "elementwise" as const } }],
};
