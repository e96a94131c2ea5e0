import { winogradInput } from "../../src/ops/winogradInput.ts";
import type { CaseList } from "../support/case.ts";
import { need } from "../support/shapes.ts";
import { tilings } from "../support/tilings.ts";

export const cases: CaseList = {
  op: "winogradInput",
  cases: tilings.map(({ name, image, padding, gradient }) => ({
    name,
    inputs: [{ shape: image }],
    build: ([x]) => winogradInput(need(x), padding),
    ...gradient,
  })),
};
