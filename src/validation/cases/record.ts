import { record } from "../../ops/record.ts";
import type { Case, CaseList } from "../case.ts";
import { need } from "../kit/shapes.ts";

function recordCase(name: string, rows: number, width: number, row: number): Case {
  return {
    name,
    inputs: [{ shape: [rows * width] }, ...Array.from({ length: width }, () => ({ shape: [] }))],
    build: ([history, ...values]) => record(values.map(need), need(history)),
    step: { row },
    tolerance: { kind: "exact" },
    gradient: "skip: state",
  };
}

export const cases: CaseList = {
  op: "record",
  cases: [
    recordCase("one place", 1, 1, 0),
    recordCase("the first row", 4, 3, 0),
    recordCase("the last row", 4, 3, 3),
    recordCase("a row past the end", 4, 3, 4),
    recordCase("more values than a workgroup has invocations", 2, 67, 1),
  ],
  random: (draw) => {
    const rows = draw.integer(1, 9);
    return recordCase("any place", rows, draw.integer(1, 90), draw.integer(0, rows));
  },
};
