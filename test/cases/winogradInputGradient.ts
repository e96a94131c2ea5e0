import { winogradInputGradient } from "../../src/ops/winogradInputGradient.ts";
import type { CaseList } from "../support/case.ts";
import { need } from "../support/shapes.ts";
import { tilings } from "../support/tilings.ts";

export const cases: CaseList = {
  op: "winogradInputGradient",
  cases: tilings.map(({ name, image, padding, tiles, gradient }) => ({
    name,
    inputs: [{ shape: tiles }],
    build: ([dv]) => winogradInputGradient(need(dv), { inputShape: image, padding }),
    ...gradient,
  })),
};
