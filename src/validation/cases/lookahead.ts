import { lookahead } from "../../ops/lookahead.ts";
import type { FlatSetting } from "../kit/flat_updates.ts";
import { flatUpdateCases } from "../kit/flat_updates.ts";
import { need } from "../kit/shapes.ts";

const after = (done: number, steps: number, slowStep: number): FlatSetting => ({
  step: { index: done - 1 },
  build: ([parameters, slow]) => lookahead(need(parameters), need(slow), { steps, slowStep }),
});

export const cases = flatUpdateCases("lookahead", [
  ["the fifth step", after(5, 5, 0.5)],
  ["the fourth of five", after(4, 5, 0.5)],
  ["the thirtieth step", after(30, 5, 0.8)],
  ["each step", after(7, 1, 1)],
]);
