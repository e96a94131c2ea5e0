import type { Shape } from "../../kernels/types.ts";
import { concat } from "../../ops/concat.ts";
import { flip } from "../../ops/flip.ts";
import type { SliceIndex } from "../../ops/slice.ts";
import { slice } from "../../ops/slice.ts";
import { split } from "../../ops/split.ts";
import type { Case, CaseList, Draw } from "../case.ts";
import { drawShape, moving } from "../kit/movement.ts";

type Slice = readonly [name: string, shape: Shape, indices: readonly SliceIndex[]];

const slices: readonly Slice[] = [
  ["one element", [5], [3]],
  ["the middle", [11], [{ start: 2, stop: -3 }]],
  ["whole vectors of the first axis", [9, 8], [{ start: 2, stop: 7 }]],
  ["columns, whole vectors", [5, 16], [null, { start: 4, stop: 12 }]],
  ["columns, vectors cut through", [5, 16], [null, { start: 3, stop: 11 }]],
  ["every third", [20], [{ start: 1, step: 3 }]],
  ["backwards by two", [4, 9], [null, { step: -2 }]],
  ["backwards from the middle", [7, 5], [{ start: -2, stop: 1, step: -1 }]],
  ["a step past the end", [6], [{ start: 4, step: 5 }]],
  ["a pixel of each image", [3, 4, 5, 8], [null, -1, 2]],
  ["four axes", [4, 5, 6, 7], [{ start: 1 }, { step: 2 }, { start: -3 }, { stop: 4 }]],
  ["rows of many vectors", [3, 2, 64], [{ step: -1 }, 1]],
];

export const cases: CaseList = {
  op: "slice",
  cases: [
    ...slices.map(([name, shape, indices]) => moving(name, shape, (x) => slice(x, indices))),
    moving("flipped", [3, 5, 8], (x) => flip(x)),
    moving("flipped along the first axis", [5, 3], (x) => flip(x, { axes: 0 })),
    moving("split and put together the other way round", [4, 9], (x) =>
      concat(split(x, [2, 3, 4], { axis: 1 }).reverse(), { axis: 1 }),
    ),
    moving("u32", [5, 8], (x) => slice(x, [{ step: 2 }]), {
      dtype: "u32",
      gradient: "skip: not differentiable",
    }),
    moving("i32, every second", [5, 7], (x) => slice(x, [null, { step: 2 }]), {
      dtype: "i32",
      gradient: "skip: not differentiable",
    }),
  ],
  random,
};

/** At least one axis is cut, so that there is something to do. */
function random(draw: Draw): Case {
  const shape = drawShape(draw).map((size, axis) => (axis === 0 ? size + 1 : size));
  const indices = shape.map((size, axis): SliceIndex => {
    const start = draw.integer(0, size - 1);
    if (axis > 0 && draw.integer(0, 3) === 0) return null;
    if (draw.integer(0, 3) === 0) return start;
    const step = draw.pick([1, 2, 3, -1, -2, -3]);
    if (axis > 0) return { start, step };
    return step === 1 ? { start: Math.max(1, start) } : { start, step };
  });
  return moving(`${JSON.stringify(indices)} of ${shape}`, shape, (x) => slice(x, indices));
}
