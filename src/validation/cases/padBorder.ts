import type { Shape } from "../../kernels/types.ts";
import type { AxisPadding } from "../../ops/pad.ts";
import { pad } from "../../ops/pad.ts";
import { roll } from "../../ops/roll.ts";
import type { Case, CaseList, Draw } from "../case.ts";
import { drawShape, moving } from "../kit/movement.ts";

const modes = ["reflect", "edge", "wrap"] as const;

type Padding = readonly [name: string, shape: Shape, padding: readonly AxisPadding[]];

const paddings: readonly Padding[] = [
  ["a vector", [5], [[4, 2]]],
  ["around images", [2, 3, 4, 4], [0, 2, [1, 3], 0]],
  ["around images, 16 channels", [1, 3, 4, 16], [0, 1, 2, 0]],
  ["around images, odd channels", [2, 4, 3, 3], [0, [3, 0], 2, 0]],
  ["every axis", [2, 3, 2, 3], [1, [0, 2], [1, 0], 2]],
];

export const cases: CaseList = {
  op: "padBorder",
  cases: [
    ...modes.flatMap((mode) =>
      paddings.map(([name, shape, padding]) =>
        moving(`${mode}, ${name}`, shape, (x) => pad(x, padding, { mode })),
      ),
    ),
    moving("edge, far past one element", [1, 3], (x) => pad(x, [[5, 2], 7], { mode: "edge" })),
    moving("wrap, more than once around", [3, 2], (x) => pad(x, [[7, 4], 5], { mode: "wrap" })),
    moving("rolled", [7, 3], (x) => roll(x, 2)),
    moving("rolled back, whole vectors", [4, 5, 8], (x) => roll(x, -9, { axis: 1 })),
    moving("u32, reflected", [4, 5], (x) => pad(x, [1, 2], { mode: "reflect" }), {
      dtype: "u32",
      gradient: "skip: not differentiable",
    }),
  ],
  random,
};

function random(draw: Draw): Case {
  const mode = draw.pick(modes);
  const shape = drawShape(draw).map((size, axis) => (axis === 0 ? size + 1 : size));
  const most = (size: number) => (mode === "reflect" ? size - 1 : 5);
  const padding = shape.map(
    (size, axis): AxisPadding => [draw.integer(axis === 0 ? 1 : 0, most(size)), draw.integer(0, most(size))],
  );
  const name = `${mode}, ${JSON.stringify(padding)} around ${shape}`;
  return moving(name, shape, (x) => pad(x, padding, { mode }));
}
