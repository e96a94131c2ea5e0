import type { Shape } from "../../kernels/types.ts";
import { dropout } from "../../ops/dropout.ts";
import type { Case, CaseList } from "../case.ts";
import { anyShape, need } from "../kit/shapes.ts";

function dropoutCase(name: string, shape: Shape, rate: number, stream: number): Case {
  return { name, inputs: [{ shape }], build: ([x]) => dropout(need(x), { rate, stream }) };
}

export const cases: CaseList = {
  op: "dropout",
  cases: [
    dropoutCase("a scalar", [], 0.5, 0),
    dropoutCase("no whole vector", [5, 7], 0.5, 0),
    dropoutCase("seldom", [257], 0.1, 1),
    dropoutCase("nearly all", [4, 64], 0.9, 2),
    dropoutCase("the largest stream", [3, 20], 0.3, 0xffffffff),
    {
      ...dropoutCase("a late step of another seed", [3, 20], 0.3, 5),
      step: { index: 4_000_000_000, seedLow: 0xffffffff, seedHigh: 1 },
    },
  ],
  random: (draw) => {
    const stream = draw.pick([0, 1, 0xffffffff]);
    return {
      ...dropoutCase("any shape", anyShape(draw), draw.pick([0.5, 0.1, 0.9]), stream),
      step: { index: draw.integer(0, 0xffffffff), seedLow: draw.integer(0, 0xffffffff) },
    };
  },
};
