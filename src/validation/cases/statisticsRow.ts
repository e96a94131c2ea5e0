import type { StatisticsEntry } from "../../ops/statisticsRow.ts";
import { entryWidth, statisticsRow } from "../../ops/statisticsRow.ts";
import type { Case, CaseList, Fill } from "../case.ts";
import { repeated } from "../kit/fills.ts";
import { need } from "../kit/shapes.ts";

/** Any positive numbers do for parts: their order says what they are. */
const parts: Fill = { kind: "uniform", low: 0.1, high: 4 };

function rowCase(
  name: string,
  entries: readonly StatisticsEntry[],
  rows: number,
  index: number,
  length = 2000,
  fill = parts,
): Case {
  return {
    name,
    inputs: [
      { shape: [length], fill },
      { shape: [20], dtype: "u32", fill: { kind: "indices", below: 2 } },
      { shape: [rows * entries.length * entryWidth] },
    ],
    build: ([packed, units, ring]) => statisticsRow(need(packed), need(units), need(ring), entries, rows),
    step: { index },
    tolerance: { kind: "reduction", terms: 100 },
    gradient: "skip: state",
  };
}

const tensor = { kind: "tensor", first: 64, parts: 9, elements: 4000 } as const;
const parameter = { kind: "parameter", first: 640, parts: 5, elements: 3000 } as const;
const units = { kind: "units", first: 1282, parts: 7, unit: 3, units: 11 } as const;

export const cases: CaseList = {
  op: "statisticsRow",
  cases: [
    rowCase("a tensor of one part", [{ ...tensor, parts: 1 }], 1, 0),
    rowCase("parameters", [parameter, { ...parameter, first: 704, parts: 1 }], 3, 1),
    rowCase("units", [units, { ...units, parts: 1, units: 1 }], 2, 1),
    rowCase("all kinds", [parameter, tensor, units, tensor, tensor], 4, 3),
    rowCase("around the ring", [parameter, tensor], 4, 4001),
    rowCase("zeros", [parameter, tensor], 2, 0, 2000, repeated([0], 2000)),
    // A part's elements, means and counts are all as large here.
    {
      ...rowCase(
        "squares would vanish",
        [{ ...tensor, elements: 1e-25 }],
        1,
        0,
        2000,
        repeated([1e-25], 2000),
      ),
      tolerance: { kind: "relative", error: 1e-4 },
    },
  ],
  random: (draw) => {
    const entries = Array.from({ length: draw.integer(1, 7) }, (): StatisticsEntry => {
      const first = 4 * draw.integer(0, 200);
      return draw.pick<StatisticsEntry>([
        { ...tensor, first, parts: draw.integer(1, 90) },
        { ...parameter, first, parts: draw.integer(1, 90) },
        {
          ...units,
          first,
          parts: draw.integer(1, 90),
          unit: draw.integer(0, 10),
          units: draw.integer(1, 10),
        },
      ]);
    });
    const rows = draw.integer(1, 4);
    return rowCase(`${entries.length} entries in ${rows} rows`, entries, rows, draw.integer(0, 9));
  },
};
