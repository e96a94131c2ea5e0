import type { Shape } from "../../kernels/types.ts";
import type { AxisPadding } from "../../ops/pad.ts";
import { pad } from "../../ops/pad.ts";
import type { Case, CaseList, Draw } from "../case.ts";
import { drawShape, moving } from "../kit/movement.ts";

type Padding = readonly [name: string, shape: Shape, padding: readonly AxisPadding[], value?: number];

const paddings: readonly Padding[] = [
  ["one element", [1], [2]],
  ["before and after", [5], [[3, 1]]],
  ["whole vectors", [3, 8], [0, [4, 8]], -1.5],
  ["columns", [5, 7], [0, [1, 2]]],
  ["rows", [5, 7], [[2, 1], 0]],
  ["rows of whole vectors", [5, 8], [[2, 1], 0]],
  ["around images", [2, 3, 5, 4], [0, 1, 1, 0]],
  ["around images, 16 channels", [1, 2, 3, 16], [0, 1, [2, 1], 0], 3],
  ["around images, odd channels", [2, 3, 5, 3], [0, [2, 1], [0, 3], 0], 7],
  ["every axis", [2, 3, 2, 3], [1, [0, 2], [2, 0], 1]],
  ["five axes, all apart", [2, 2, 2, 2, 3], [1, 1, 1, 1, 1]],
];

const integers = { dtype: "i32", gradient: "skip: not differentiable" } as const;

export const cases: CaseList = {
  op: "pad",
  cases: [
    ...paddings.map(([name, shape, padding, value = 0]) =>
      moving(name, shape, (x) => pad(x, padding, { value })),
    ),
    moving("a value that is no number", [3], (x) => pad(x, [1], { value: Number.NaN }), {
      gradient: "skip: not differentiable",
    }),
    moving("i32", [3, 5], (x) => pad(x, [1, [0, 2]], { value: -7 }), integers),
  ],
  random,
};

function random(draw: Draw): Case {
  const shape = drawShape(draw);
  const padding = shape.map((): AxisPadding => [draw.integer(0, 5), draw.integer(0, 5)]);
  if (padding.flat().every((own) => own === 0)) padding[0] = 1;
  const value = draw.pick([0, 1, -2.5]);
  return moving(`${JSON.stringify(padding)} around ${shape}`, shape, (x) => pad(x, padding, { value }));
}
