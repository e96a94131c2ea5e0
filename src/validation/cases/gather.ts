import type { Shape } from "../../kernels/types.ts";
import { embedding, gather } from "../../ops/gather.ts";
import type { Case, CaseList, Draw, Fill } from "../case.ts";
import { drawShape, words } from "../kit/movement.ts";
import { need } from "../kit/shapes.ts";

const nowhere = 0xffffffff;

export const cases: CaseList = {
  op: "gather",
  cases: [
    gatherCase("one of one", [1], [1], 0),
    gatherCase("a scalar index", [5, 3], [], 0),
    gatherCase("rows of whole vectors", [7, 8], [11], 0),
    gatherCase("rows of four vectors", [3, 2, 16], [5], 1),
    gatherCase("odd rows", [7, 5], [3, 4], 0),
    gatherCase("columns", [6, 9], [5], -1),
    gatherCase("the middle of three", [3, 5, 2], [2, 3], 1),
    gatherCase("more than a workgroup", [13, 20], [67], 0),
    {
      ...gatherCase("indices past the end", [4, 8], [5], 0, {
        kind: "values",
        values: [0, 4, 3, nowhere, 9],
      }),
      gradient: "skip: not differentiable",
    },
    integerCase("u32", [5, 3]),
    integerCase("i32", [5, 4]),
    {
      name: "embedding",
      inputs: [{ shape: [2, 5], fill: { kind: "indices", below: 11 } }, { shape: [11, 12] }],
      build: ([indices, weights]) => embedding(need(indices), need(weights)),
      tolerance: { kind: "exact" },
    },
  ],
  random,
};

function gatherCase(name: string, shape: Shape, indices: Shape, axis: number, fill?: Fill): Case {
  const below = shape.at(axis) ?? 1;
  return {
    name,
    inputs: [{ shape }, { shape: indices, dtype: "u32", fill: fill ?? { kind: "indices", below } }],
    build: ([x, taken]) => gather(need(x), need(taken), { axis }),
    tolerance: { kind: "exact" },
  };
}

function integerCase(dtype: "u32" | "i32", shape: Shape): Case {
  const plain = gatherCase(`${dtype}, an index past the end`, shape, [3], 0);
  const fill: Fill = { kind: "values", values: [shape[0] ?? 1, 0, 2] };
  return {
    ...plain,
    inputs: [
      { shape, dtype, fill: words(dtype) },
      { shape: [3], dtype: "u32", fill },
    ],
    gradient: "skip: not differentiable",
  };
}

function random(draw: Draw): Case {
  const shape = drawShape(draw);
  const indices = drawShape(draw, 0, 2);
  const axis = draw.integer(0, shape.length - 1);
  return gatherCase(`[${indices}] of axis ${axis} of ${shape}`, shape, indices, axis);
}
