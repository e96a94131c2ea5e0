import { winogradOutput } from "../../ops/winogradOutput.ts";
import type { Case, CaseList } from "../case.ts";
import { need } from "../kit/shapes.ts";
import type { Tiled } from "../kit/tilings.ts";
import { randomTiling, tilings } from "../kit/tilings.ts";

function tiledCase({ name, products, result, gradient }: Tiled): Case {
  return {
    name,
    inputs: [{ shape: products }],
    build: ([m]) => winogradOutput(need(m), { resultShape: result }),
    ...gradient,
  };
}

export const cases: CaseList = {
  op: "winogradOutput",
  cases: tilings.map(tiledCase),
  random: (draw) => tiledCase(randomTiling(draw)),
};
