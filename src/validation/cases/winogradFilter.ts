import { winogradFilter } from "../../ops/winogradFilter.ts";
import type { Case, CaseList } from "../case.ts";
import { filterPairs, need } from "../kit/shapes.ts";

function filterCase(channels: number, filters: number): Case {
  return {
    name: `${channels} to ${filters}`,
    inputs: [{ shape: [3, 3, channels, filters] }],
    build: ([weights]) => winogradFilter(need(weights)),
    ...(channels * filters > 300 && { gradient: "skip: large" as const }),
  };
}

export const cases: CaseList = {
  op: "winogradFilter",
  cases: filterPairs.map(([channels, filters]) => filterCase(channels, filters)),
  random: (draw) => filterCase(4 * draw.integer(1, 8), 4 * draw.integer(1, 8)),
};
