import type { Tensor } from "../../graph/tensor.ts";
import { cumprod, cumprodOp } from "../../ops/cumprod.ts";
import type { ScanOptions } from "../../ops/scans.ts";
import type { Case, CaseList } from "../case.ts";
import { randomScan, scanCases } from "../kit/scans.ts";
import { need } from "../kit/shapes.ts";

// Near 1, so that long products stay numbers.
const fill = { kind: "uniform", low: 0.9, high: 1.1 } as const;

const withZeros = (name: string, options: ScanOptions): Case => ({
  name,
  inputs: [{ shape: [7], fill: { kind: "values", values: [2, -1, 0, 3, 0, 0.5, -2] } }],
  build: ([x]): Tensor => cumprod(need(x), options),
});

export const cases: CaseList = {
  op: "cumprod",
  cases: [
    ...scanCases(cumprodOp, cumprod, fill),
    withZeros("zeros", {}),
    withZeros("zeros, backwards and exclusive", { reverse: true, exclusive: true }),
  ],
  random: (draw) => randomScan(draw, cumprod, fill),
};
