import { winogradInputGradient } from "../../ops/winogradInputGradient.ts";
import type { CaseList } from "../case.ts";
import { need } from "../kit/shapes.ts";
import { tilings } from "../kit/tilings.ts";

export const cases: CaseList = {
  op: "winogradInputGradient",
  cases: tilings.map(({ name, image, padding, tiles, gradient }) => ({
    name,
    inputs: [{ shape: tiles }],
    build: ([dv]) => winogradInputGradient(need(dv), { inputShape: image, padding }),
    ...gradient,
  })),
};
