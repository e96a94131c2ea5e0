import { winogradInputGradient } from "../../ops/winogradInputGradient.ts";
import type { Case, CaseList } from "../case.ts";
import { need } from "../kit/shapes.ts";
import type { Tiled } from "../kit/tilings.ts";
import { randomTiling, tilings } from "../kit/tilings.ts";

function tiledCase({ name, image, padding, tiles, gradient }: Tiled): Case {
  return {
    name,
    inputs: [{ shape: tiles }],
    build: ([dv]) => winogradInputGradient(need(dv), { inputShape: image, padding }),
    ...gradient,
  };
}

export const cases: CaseList = {
  op: "winogradInputGradient",
  cases: tilings.map(tiledCase),
  random: (draw) => tiledCase(randomTiling(draw)),
};
