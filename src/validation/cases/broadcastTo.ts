import type { Shape } from "../../kernels/types.ts";
import { broadcastTo } from "../../ops/broadcast.ts";
import { expand } from "../../ops/expand.ts";
import { repeat, tile } from "../../ops/tile.ts";
import type { Case, CaseList, Draw } from "../case.ts";
import { inHalf } from "../kit/half.ts";
import { drawShape, moving } from "../kit/movement.ts";

const broadcast = (name: string, from: Shape, to: Shape): Case =>
  moving(name, from, (x) => broadcastTo(x, to));

const inFull = [
  broadcast("a scalar", [], [5, 3]),
  broadcast("a row", [8], [3, 8]),
  broadcast("a column", [3, 1], [2, 3, 7]),
];

export const cases: CaseList = {
  op: "broadcastTo",
  cases: [
    ...inFull,
    ...inFull.map(inHalf),
    moving("expanded, an axis kept", [3, 1, 4], (x) => expand(x, [2, -1, 5, -1])),
    moving("tiled", [2, 3], (x) => tile(x, [2, 3])),
    moving("tiled along every axis and a new one", [2, 3, 2, 2], (x) => tile(x, [2, 2, 3, 2, 2])),
    moving("each row repeated", [3, 4], (x) => repeat(x, 3)),
    moving("each pixel repeated", [2, 3, 4, 5], (x) => repeat(repeat(x, 2, { axis: 1 }), 2, { axis: 2 })),
  ],
  random,
};

function random(draw: Draw): Case {
  const to = [draw.integer(2, 6), ...drawShape(draw, 0)];
  const from = to.map((size, axis) => (axis === 0 || draw.integer(0, 1) === 1 ? 1 : size));
  return broadcast(`${from} to ${to}`, from, to);
}
