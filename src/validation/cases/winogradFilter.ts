import { winogradFilter } from "../../ops/winogradFilter.ts";
import type { CaseList } from "../case.ts";
import { filterPairs, need } from "../kit/shapes.ts";

export const cases: CaseList = {
  op: "winogradFilter",
  cases: filterPairs.map(([channels, filters]) => ({
    name: `${channels} to ${filters}`,
    inputs: [{ shape: [3, 3, channels, filters] }],
    build: ([weights]) => winogradFilter(need(weights)),
    ...(channels * filters > 300 && { gradient: "skip: large" as const }),
  })),
};
