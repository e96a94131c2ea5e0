import { winogradOutputGradient } from "../../ops/winogradOutputGradient.ts";
import type { Case, CaseList } from "../case.ts";
import { need } from "../kit/shapes.ts";
import type { Tiled } from "../kit/tilings.ts";
import { randomTiling, tilings } from "../kit/tilings.ts";

function tiledCase({ name, result, gradient }: Tiled): Case {
  return {
    name,
    inputs: [{ shape: result }],
    build: ([dy]) => winogradOutputGradient(need(dy)),
    ...gradient,
  };
}

export const cases: CaseList = {
  op: "winogradOutputGradient",
  cases: tilings.map(tiledCase),
  random: (draw) => tiledCase(randomTiling(draw)),
};
