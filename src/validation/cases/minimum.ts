import { minimum } from "../../ops/minimum.ts";
import { oddPairs } from "../kit/comparisons.ts";
import { binary } from "../kit/shapes.ts";

const list = binary("minimum", minimum);

export const cases = {
  ...list,
  cases: [...list.cases, { ...oddPairs(minimum), tolerance: { kind: "elementwise" as const } }],
};
