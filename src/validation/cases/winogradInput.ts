import { winogradInput } from "../../ops/winogradInput.ts";
import type { Case, CaseList } from "../case.ts";
import { need } from "../kit/shapes.ts";
import type { Tiled } from "../kit/tilings.ts";
import { randomTiling, tilings } from "../kit/tilings.ts";

function tiledCase({ name, image, padding, gradient }: Tiled): Case {
  return {
    name,
    inputs: [{ shape: image }],
    build: ([x]) => winogradInput(need(x), padding),
    ...gradient,
  };
}

export const cases: CaseList = {
  op: "winogradInput",
  cases: tilings.map(tiledCase),
  random: (draw) => tiledCase(randomTiling(draw)),
};
