import { broadcastTo } from "../../ops/broadcastTo.ts";
import type { Case, CaseList } from "../case.ts";
import { inHalf } from "../kit/half.ts";
import { need } from "../kit/shapes.ts";

const inFull: readonly Case[] = [
  { name: "a scalar", inputs: [{ shape: [] }], build: ([x]) => broadcastTo(need(x), [5, 3]) },
  { name: "a row", inputs: [{ shape: [8] }], build: ([x]) => broadcastTo(need(x), [3, 8]) },
  { name: "a column", inputs: [{ shape: [3, 1] }], build: ([x]) => broadcastTo(need(x), [2, 3, 7]) },
];

export const cases: CaseList = { op: "broadcastTo", cases: [...inFull, ...inFull.map(inHalf)] };
