import type { Shape } from "../../kernels/types.ts";
import { transpose } from "../../ops/transpose.ts";
import type { Case, CaseList, Draw } from "../case.ts";
import { someInHalf } from "../kit/half.ts";
import { drawShape, moving } from "../kit/movement.ts";

const permutations: readonly (readonly [name: string, shape: Shape, axes: readonly number[] | undefined])[] =
  [
    ["a matrix", [7, 11], undefined],
    ["whole vectors", [8, 64], [1, 0]],
    ["the last two of three", [3, 5, 4], [0, 2, 1]],
    ["NHWC to NCHW", [2, 5, 3, 4], [0, 3, 1, 2]],
    ["axes from the end", [2, 3, 4], [-1, 0, 1]],
    ["axes of size 1 between", [3, 1, 5, 1], [2, 1, 3, 0]],
    ["whole vectors, axes around", [2, 4, 3, 8], [0, 3, 2, 1]],
    ["rows of four vectors", [3, 2, 16], [1, 0, 2]],
    ["rows of vectors", [3, 2, 4], [1, 0, 2]],
    ["long lines, whole vectors", [36, 8], [1, 0]],
    ["six axes reversed", [2, 3, 2, 3, 2, 3], undefined],
    ["more than a workgroup", [31, 37], undefined],
  ];

const inFull = permutations.map(([name, shape, axes]) =>
  moving(name, shape, (x) => transpose(x, axes), shape[0] === 31 ? { gradient: "skip: large" } : {}),
);

export const cases: CaseList = {
  op: "transpose",
  cases: [
    ...inFull,
    ...someInHalf(inFull, ["a matrix", "NHWC to NCHW", "axes of size 1 between"]),
    moving("i32", [8, 12], (x) => transpose(x), { dtype: "i32", gradient: "skip: not differentiable" }),
  ],
  random,
};

/** Two axes of more than one element change places at least. */
function random(draw: Draw): Case {
  const shape = drawShape(draw, 2, 5).map((size) => (draw.integer(0, 1) === 1 ? 4 * size : size + 1));
  const axes: number[] = [];
  const left = shape.map((_, axis) => axis);
  while (left.length > 0) axes.push(...left.splice(draw.integer(0, left.length - 1), 1));
  const order = axes.every((axis, place) => axis === place) ? axes.reverse() : axes;
  return moving(`${order} of ${shape}`, shape, (x) => transpose(x, order));
}
