import type { Shape } from "../../kernels/types.ts";
import { scatterAdd } from "../../ops/scatterAdd.ts";
import type { Case, CaseList, Draw, Fill } from "../case.ts";
import { drawShape } from "../kit/movement.ts";
import { need } from "../kit/shapes.ts";

interface Scatter {
  readonly before: Shape;
  readonly indices: Shape;
  readonly after: Shape;
  readonly size: number;
  readonly fill?: Fill;
}

const past: Fill = { kind: "values", values: [0, 3, 0xffffffff, 2, 0, 7] };

export const cases: CaseList = {
  op: "scatterAdd",
  cases: [
    scatterCase("one", { before: [], indices: [1], after: [], size: 1 }),
    scatterCase("rows of whole vectors", { before: [], indices: [13], after: [8], size: 5 }),
    scatterCase("rows of four vectors", { before: [], indices: [9], after: [16], size: 5 }),
    scatterCase("odd rows", { before: [], indices: [3, 4], after: [3], size: 7 }),
    scatterCase("axes around", { before: [2], indices: [5], after: [3], size: 4 }),
    scatterCase("all to one row", { before: [], indices: [70], after: [4], size: 1 }),
    scatterCase("more rows than indices", { before: [], indices: [5], after: [2], size: 67 }),
    scatterCase("indices past the end", { before: [], indices: [6], after: [4], size: 3, fill: past }),
    scatterCase("two merges", { before: [], indices: [1100], after: [], size: 13 }),
  ],
  random,
};

function scatterCase(name: string, { before, indices, after, size, fill }: Scatter): Case {
  const shape = [...before, ...indices, ...after];
  const terms = indices.reduce((product, own) => product * own, 1);
  return {
    name,
    inputs: [{ shape }, { shape: indices, dtype: "u32", fill: fill ?? { kind: "indices", below: size } }],
    build: ([updates, places]) => scatterAdd(need(updates), need(places), { axis: before.length, size }),
    tolerance: { kind: "reduction", terms },
    ...(terms > 500 && { gradient: "skip: large" as const }),
  };
}

function random(draw: Draw): Case {
  const scatter = {
    before: drawShape(draw, 0, 2),
    indices: [draw.integer(1, 150)],
    after: drawShape(draw, 0, 2),
    size: draw.integer(1, 12),
  };
  return scatterCase(JSON.stringify(scatter), scatter);
}
