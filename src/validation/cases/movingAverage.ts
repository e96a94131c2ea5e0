import { movingAverage } from "../../ops/movingAverage.ts";
import type { FlatSetting } from "../kit/flat_updates.ts";
import { flatUpdateCases } from "../kit/flat_updates.ts";
import { need } from "../kit/shapes.ts";

const after = (index: number, decay: number, warmUp: boolean): FlatSetting => ({
  step: { index },
  build: ([values, average]) => movingAverage(need(values), need(average), { decay, warmUp }),
});

export const cases = flatUpdateCases("movingAverage", [
  ["plain", after(7, 0.9, false)],
  ["warm-up begins", after(0, 0.99, true)],
  ["warm-up lasts", after(40, 0.99, true)],
  ["warm-up is over", after(2000, 0.99, true)],
]);
