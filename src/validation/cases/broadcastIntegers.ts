import type { Shape } from "../../kernels/types.ts";
import { broadcastTo } from "../../ops/broadcast.ts";
import type { Case, CaseList, Draw } from "../case.ts";
import { drawShape, moving } from "../kit/movement.ts";

type Broadcast = readonly [name: string, from: Shape, to: Shape];

const broadcasts: readonly Broadcast[] = [
  ["a scalar", [], [5, 3]],
  ["a row", [8], [3, 8]],
  ["a row of no whole vectors", [7], [3, 7]],
  ["a row of four vectors", [16], [3, 16]],
  ["a column", [3, 1], [2, 3, 8]],
  ["axes between", [3, 1, 5], [2, 3, 4, 5]],
];

export const cases: CaseList = {
  op: "broadcastIntegers",
  cases: broadcasts.map(([name, from, to], index) => broadcastCase(name, from, to, index % 2 === 0)),
  random,
};

function broadcastCase(name: string, from: Shape, to: Shape, signed: boolean): Case {
  const dtype = signed ? "i32" : "u32";
  return moving(`${dtype}, ${name}`, from, (x) => broadcastTo(x, to), {
    dtype,
    gradient: "skip: not differentiable",
  });
}

function random(draw: Draw): Case {
  const to = [draw.integer(2, 6), ...drawShape(draw, 0)];
  const from = to.map((size, axis) => (axis === 0 || draw.integer(0, 1) === 1 ? 1 : size));
  return broadcastCase(`${from} to ${to}`, from, to, draw.integer(0, 1) === 1);
}
