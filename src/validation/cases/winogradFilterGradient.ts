import { winogradFilterGradient } from "../../ops/winogradFilterGradient.ts";
import type { CaseList } from "../case.ts";
import { filterPairs, need } from "../kit/shapes.ts";

export const cases: CaseList = {
  op: "winogradFilterGradient",
  cases: filterPairs.map(([channels, filters]) => ({
    name: `${channels} to ${filters}`,
    inputs: [{ shape: [16, channels, filters] }],
    build: ([du]) => winogradFilterGradient(need(du)),
    ...(channels * filters > 300 && { gradient: "skip: large" as const }),
  })),
};
