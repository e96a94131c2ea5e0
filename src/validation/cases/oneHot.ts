import type { Shape } from "../../kernels/types.ts";
import { oneHot } from "../../ops/oneHot.ts";
import type { Case, CaseList } from "../case.ts";
import { drawShape } from "../kit/movement.ts";
import { need } from "../kit/shapes.ts";

export const cases: CaseList = {
  op: "oneHot",
  cases: [
    hotCase([], 3, 3),
    hotCase([1], 1, 1),
    hotCase([5], 10, 10),
    hotCase([3, 7], 13, 13),
    hotCase([67], 8, 8),
    hotCase([9], 3, 12),
  ],
  random: (draw) => hotCase(drawShape(draw, 0, 3), draw.integer(1, 7), draw.integer(1, 9)),
};

function hotCase(shape: Shape, classes: number, below: number): Case {
  return {
    name: `${classes} classes, [${shape}] below ${below}`,
    inputs: [{ shape, fill: { kind: "indices", below } }],
    build: ([indices]) => oneHot(need(indices), classes),
    tolerance: { kind: "exact" },
    gradient: "skip: not differentiable",
  };
}
