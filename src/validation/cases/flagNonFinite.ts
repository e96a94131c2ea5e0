import { flagNonFinite } from "../../ops/flagNonFinite.ts";
import type { Case, CaseInput, CaseList } from "../case.ts";
import { need } from "../kit/shapes.ts";

/** What is put into one of the tensors, and where. */
interface Wrong {
  readonly tensor: number;
  readonly at: number;
  readonly value: number;
}

interface Setting {
  readonly length: number;
  /** Elements of the last block that count. */
  readonly last?: number;
  readonly tensors?: number;
  readonly wrong?: readonly Wrong[];
  readonly rows?: number;
  readonly row?: number;
  readonly width?: number;
  readonly slot?: number;
}

function flagCase(name: string, setting: Setting): Case {
  const { length, last, tensors = 4, wrong = [], rows = 3, row = 1, width = 1, slot = 0 } = setting;
  const blocks = Math.ceil(length / 64);
  const valid = Array.from({ length: blocks }, (_, block) =>
    block === blocks - 1 && last !== undefined ? last : Math.min(64, length - 64 * block),
  );
  const tensor = (_: unknown, own: number): CaseInput => {
    const values = Array.from({ length }, (_, index) => (index % 7) - 3);
    for (const { tensor, at, value } of wrong) if (tensor === own) values[at] = value;
    return { shape: [length], fill: { kind: "values", values } };
  };
  return {
    name,
    inputs: [
      { shape: [rows * width], dtype: "u32", fill: { kind: "values", values: Array(rows * width).fill(16) } },
      { shape: [blocks], dtype: "u32", fill: { kind: "values", values: valid } },
      ...Array.from({ length: tensors }, tensor),
    ],
    build: ([flags, counts, ...given]) =>
      flagNonFinite(given.map(need), need(counts), need(flags), { width, slot }),
    step: { row },
    tolerance: { kind: "exact" },
    gradient: "skip: state",
  };
}

const largest = 3.4028234663852886e38;

export const cases: CaseList = {
  op: "flagNonFinite",
  cases: [
    flagCase("all finite", { length: 130 }),
    flagCase("the largest finite numbers", {
      length: 5,
      wrong: [
        { tensor: 0, at: 0, value: largest },
        { tensor: 1, at: 4, value: -largest },
      ],
    }),
    flagCase("one element, NaN", { length: 1, tensors: 1, wrong: [{ tensor: 0, at: 0, value: Number.NaN }] }),
    flagCase("infinities of both signs", {
      length: 67,
      wrong: [
        { tensor: 1, at: 66, value: Number.POSITIVE_INFINITY },
        { tensor: 2, at: 3, value: Number.NEGATIVE_INFINITY },
      ],
    }),
    flagCase("NaN in the gap behind a parameter", {
      length: 128,
      last: 5,
      wrong: [{ tensor: 3, at: 69, value: Number.NaN }],
    }),
    flagCase("NaN before the gap, in the last of several workgroups", {
      length: 576,
      last: 5,
      wrong: [{ tensor: 3, at: 516, value: Number.NaN }],
    }),
    flagCase("a slot of a row", {
      length: 9,
      width: 5,
      slot: 3,
      row: 2,
      wrong: [{ tensor: 2, at: 8, value: Number.NaN }],
    }),
    flagCase("a row past the end", { length: 8, row: 3, wrong: [{ tensor: 0, at: 1, value: Number.NaN }] }),
  ],
  random: (draw) => {
    const length = draw.integer(1, 600);
    const tensors = draw.integer(1, 4);
    const width = draw.integer(1, 4);
    const slot = draw.integer(0, width - 1);
    const value = draw.pick([0, Number.NaN, Number.POSITIVE_INFINITY]);
    const wrong = [{ tensor: draw.integer(0, tensors - 1), at: draw.integer(0, length - 1), value }];
    return flagCase("any place", { length, tensors, wrong, row: draw.integer(0, 3), width, slot });
  },
};
