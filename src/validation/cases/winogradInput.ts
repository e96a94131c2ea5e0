import { winogradInput } from "../../ops/winogradInput.ts";
import type { CaseList } from "../case.ts";
import { need } from "../kit/shapes.ts";
import { tilings } from "../kit/tilings.ts";

export const cases: CaseList = {
  op: "winogradInput",
  cases: tilings.map(({ name, image, padding, gradient }) => ({
    name,
    inputs: [{ shape: image }],
    build: ([x]) => winogradInput(need(x), padding),
    ...gradient,
  })),
};
