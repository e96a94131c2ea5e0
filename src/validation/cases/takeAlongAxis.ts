import { takeAlongAxis } from "../../ops/takeAlongAxis.ts";
import type { Case, CaseList } from "../case.ts";
import type { AlongAxis } from "../kit/along_axis.ts";
import { alongAxes, drawAlongAxis, indexedShape, indicesOf } from "../kit/along_axis.ts";
import { words } from "../kit/movement.ts";
import { need } from "../kit/shapes.ts";

const past: AlongAxis = {
  name: "indices past the end",
  shape: [2, 3],
  axis: 1,
  size: 2,
  fill: { kind: "values", values: [0, 2, 1, 0xffffffff, 1, 1] },
};

export const cases: CaseList = {
  op: "takeAlongAxis",
  cases: [
    ...alongAxes.map(takeCase),
    { ...takeCase(past), gradient: "skip: not differentiable" },
    {
      ...takeCase({ ...past, name: "i32" }),
      inputs: [{ shape: [2, 2], dtype: "i32", fill: words("i32") }, indicesOf(past)],
      gradient: "skip: not differentiable",
    },
  ],
  random: (draw) => takeCase(drawAlongAxis(draw)),
};

function takeCase(along: AlongAxis): Case {
  return {
    name: along.name,
    inputs: [{ shape: indexedShape(along) }, indicesOf(along)],
    build: ([x, indices]) => takeAlongAxis(need(x), need(indices), { axis: along.axis }),
    tolerance: { kind: "exact" },
  };
}
