import type { Shape } from "../../kernels/types.ts";
import { linearScan } from "../../ops/linearScan.ts";
import type { Case, CaseList } from "../case.ts";
import { randomAxis } from "../kit/reductions.ts";
import { need } from "../kit/shapes.ts";

function linear(name: string, shape: Shape, axis: number, reverse: boolean): Case {
  return {
    name,
    inputs: [{ shape, fill: { kind: "uniform", low: -1, high: 1 } }, { shape }],
    build: ([a, b]) => linearScan(need(a), need(b), { axis, reverse }),
    ...(shape.reduce((product, size) => product * size, 1) > 600 && { gradient: "skip: large" as const }),
  };
}

export const cases: CaseList = {
  op: "linearScan",
  cases: [
    linear("one element", [1], 0, false),
    linear("a row", [9], 0, false),
    linear("rows, backwards", [3, 7], 1, true),
    linear("columns", [11, 5], 0, false),
    linear("the middle, backwards", [2, 5, 3], 1, true),
    linear("many lines", [131, 5], 1, false),
  ],
  random: (draw) => {
    const { shape, axis } = randomAxis(draw);
    const reverse = draw.integer(0, 1) === 1;
    return linear(`[${shape.join(", ")}] along ${axis}${reverse ? ", backwards" : ""}`, shape, axis, reverse);
  },
};
