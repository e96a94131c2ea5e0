import { record } from "../../src/ops/record.ts";
import type { Case, CaseList } from "../support/case.ts";
import { need } from "../support/shapes.ts";

function recordCase(name: string, rows: number, width: number, row: number, column: number): Case {
  return {
    name,
    inputs: [{ shape: [] }, { shape: [rows * width] }],
    build: ([value, history]) => record(need(value), need(history), { width, column }),
    step: { row },
    tolerance: { kind: "exact" },
    gradient: "skip: state",
  };
}

export const cases: CaseList = {
  op: "record",
  cases: [
    recordCase("one place", 1, 1, 0, 0),
    recordCase("the first row", 4, 3, 0, 1),
    recordCase("the last place", 4, 3, 3, 2),
    recordCase("a row past the end", 4, 3, 4, 0),
  ],
};
