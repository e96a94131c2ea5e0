import type { Op } from "../graph/op.ts";
import { addOp } from "./add.ts";
import { broadcastToOp } from "./broadcastTo.ts";
import { matmulOp } from "./matmul.ts";
import { mulOp } from "./mul.ts";
import { positiveOp } from "./positive.ts";
import { reluOp } from "./relu.ts";
import { reshapeOp } from "./reshape.ts";
import { sumOp } from "./sum.ts";

/** Every op, for checks, gates and documentation; nothing at run time needs the list. One line an op. */
export const ops = {
  add: addOp,
  broadcastTo: broadcastToOp,
  matmul: matmulOp,
  mul: mulOp,
  positive: positiveOp,
  relu: reluOp,
  reshape: reshapeOp,
  sum: sumOp,
} as const satisfies Readonly<Record<string, Op<never>>>;
