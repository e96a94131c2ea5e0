import type { Shape } from "../../kernels/types.ts";
import { tril, triu } from "../../ops/triangle.ts";
import type { Case, CaseList, Draw } from "../case.ts";
import { drawShape, moving } from "../kit/movement.ts";

type Triangle = readonly [shape: Shape, diagonal: number];

const triangles: readonly Triangle[] = [
  [[1, 1], 0],
  [[5, 5], 0],
  [[8, 8], -2],
  [[3, 7], 1],
  [[7, 3], -1],
  [[2, 3, 4, 5], 2],
  [[4, 4], 9],
  [[67, 64], 0],
];

export const cases: CaseList = {
  op: "triangle",
  cases: [
    ...triangles.flatMap(([shape, diagonal]) => [
      triangleCase("lower", shape, diagonal),
      triangleCase("upper", shape, diagonal),
    ]),
    moving("u32", [5, 7], (x) => tril(x), { dtype: "u32", gradient: "skip: not differentiable" }),
  ],
  random,
};

function triangleCase(part: "lower" | "upper", shape: Shape, diagonal: number): Case {
  const apply = part === "lower" ? tril : triu;
  return moving(`${part}, ${shape}, diagonal ${diagonal}`, shape, (x) => apply(x, { diagonal }));
}

function random(draw: Draw): Case {
  return triangleCase(draw.pick(["lower", "upper"]), drawShape(draw, 2), draw.integer(-6, 6));
}
