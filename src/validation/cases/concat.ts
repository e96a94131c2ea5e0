import type { Shape } from "../../kernels/types.ts";
import { concat } from "../../ops/concat.ts";
import { stack } from "../../ops/stack.ts";
import type { Case, CaseList, Draw } from "../case.ts";
import { drawShape, words } from "../kit/movement.ts";

type Joined = readonly [name: string, axis: number, shapes: readonly Shape[]];

const joined: readonly Joined[] = [
  [
    "columns of four vectors",
    1,
    [
      [3, 16],
      [3, 32],
      [3, 16],
    ],
  ],
  ["two vectors", 0, [[3], [5]]],
  [
    "rows of whole vectors",
    0,
    [
      [3, 4],
      [1, 4],
      [2, 4],
    ],
  ],
  [
    "columns",
    1,
    [
      [5, 3],
      [5, 1],
      [5, 7],
    ],
  ],
  [
    "columns of whole vectors",
    -1,
    [
      [5, 8],
      [5, 4],
    ],
  ],
  [
    "axes around",
    1,
    [
      [2, 3, 5],
      [2, 1, 5],
      [2, 2, 5],
      [2, 4, 5],
    ],
  ],
  ["six", 0, [[1], [2], [3], [4], [5], [6]]],
  [
    "seven",
    1,
    [
      [2, 4],
      [2, 4],
      [2, 8],
      [2, 4],
      [2, 4],
      [2, 4],
      [2, 4],
    ],
  ],
  [
    "more than a workgroup",
    1,
    [
      [33, 19],
      [33, 18],
    ],
  ],
];

export const cases: CaseList = {
  op: "concat",
  cases: [
    ...joined.map(([name, axis, shapes]) => joinedCase(name, axis, shapes)),
    {
      ...joinedCase("stacked along a new last axis", 0, [
        [3, 4],
        [3, 4],
      ]),
      build: (inputs) => stack(inputs, { axis: -1 }),
    },
    {
      ...joinedCase("u32", 1, [
        [3, 5],
        [3, 2],
      ]),
      inputs: [
        [3, 5],
        [3, 2],
      ].map((shape) => ({ shape, fill: words("u32") })),
      gradient: "skip: not differentiable",
    },
  ],
  random,
};

function joinedCase(name: string, axis: number, shapes: readonly Shape[]): Case {
  return {
    name,
    inputs: shapes.map((shape) => ({ shape })),
    build: (inputs) => concat(inputs, { axis }),
    tolerance: { kind: "exact" },
  };
}

function random(draw: Draw): Case {
  const shape = drawShape(draw);
  const axis = draw.integer(0, shape.length - 1);
  const sizes = Array.from({ length: draw.integer(2, 8) }, () => draw.integer(1, 5));
  const shapes = sizes.map((size) => shape.map((own, at) => (at === axis ? size : own)));
  return joinedCase(`${shapes.join(" and ")} along ${axis}`, axis, shapes);
}
