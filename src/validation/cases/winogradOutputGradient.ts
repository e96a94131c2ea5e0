import { winogradOutputGradient } from "../../ops/winogradOutputGradient.ts";
import type { CaseList } from "../case.ts";
import { need } from "../kit/shapes.ts";
import { tilings } from "../kit/tilings.ts";

export const cases: CaseList = {
  op: "winogradOutputGradient",
  cases: tilings.map(({ name, result, gradient }) => ({
    name,
    inputs: [{ shape: result }],
    build: ([dy]) => winogradOutputGradient(need(dy)),
    ...gradient,
  })),
};
