import { takeAlongAxisGradient } from "../../ops/takeAlongAxisGradient.ts";
import type { Case, CaseList } from "../case.ts";
import type { AlongAxis } from "../kit/along_axis.ts";
import { alongAxes, drawAlongAxis, indicesOf } from "../kit/along_axis.ts";
import { need } from "../kit/shapes.ts";

const past: AlongAxis = {
  name: "indices past the end",
  shape: [2, 3],
  axis: 1,
  size: 2,
  fill: { kind: "values", values: [0, 2, 1, 0xffffffff, 1, 1] },
};

export const cases: CaseList = {
  op: "takeAlongAxisGradient",
  cases: [...alongAxes, past].map(gradientCase),
  random: (draw) => gradientCase(drawAlongAxis(draw)),
};

function gradientCase(along: AlongAxis): Case {
  const { name, shape, axis, size } = along;
  return {
    name,
    inputs: [{ shape }, indicesOf(along)],
    build: ([dy, indices]) => takeAlongAxisGradient(need(dy), need(indices), { axis, size }),
    tolerance: { kind: "reduction", terms: shape[axis] ?? 1 },
  };
}
