import { cumsum, cumsumOp } from "../../ops/cumsum.ts";
import type { CaseList } from "../case.ts";
import { randomScan, scanCases } from "../kit/scans.ts";

const fill = { kind: "normal" } as const;

export const cases: CaseList = {
  op: "cumsum",
  cases: scanCases(cumsumOp, cumsum, fill),
  random: (draw) => randomScan(draw, cumsum, fill),
};
