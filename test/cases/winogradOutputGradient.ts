import { winogradOutputGradient } from "../../src/ops/winogradOutputGradient.ts";
import type { CaseList } from "../support/case.ts";
import { need } from "../support/shapes.ts";
import { tilings } from "../support/tilings.ts";

export const cases: CaseList = {
  op: "winogradOutputGradient",
  cases: tilings.map(({ name, result, gradient }) => ({
    name,
    inputs: [{ shape: result }],
    build: ([dy]) => winogradOutputGradient(need(dy)),
    ...gradient,
  })),
};
