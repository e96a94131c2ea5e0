import "../kernels/generated/statisticsRow.ts";
import { constantTensor } from "../graph/leaves.ts";
import { defineOp } from "../graph/op.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import { defineKernel } from "../kernels/kernel.ts";
import { ceilDivide, elementCount, trafficBytes } from "../kernels/types.ts";
import { expectInput, shapeError } from "./checks.ts";
import { bitsOf } from "./statistics.ts";

export interface StatisticsRowAttributes {
  readonly entries: number;
  /** Rows of the ring. */
  readonly rows: number;
}

/** What an entry of a row is made of. */
export type StatisticsEntry =
  | {
      readonly kind: "tensor" | "parameter";
      /** Its first part's first number among all parts, a multiple of four. */
      readonly first: number;
      readonly parts: number;
      /** Of the tensor; those that no part holds are zeros. */
      readonly elements: number;
    }
  | {
      readonly kind: "units";
      /** Its first piece's first number among all parts, even. */
      readonly first: number;
      readonly parts: number;
      /** Its first unit, and how many. */
      readonly unit: number;
      readonly units: number;
    };

/** Numbers that an entry has in a row. */
export const entryWidth = 8;

const op = "statisticsRow";

export const statisticsRowOp = defineOp<StatisticsRowAttributes>({
  name: op,
  kind: "update",
  inputs: ["parts", "units", "table", "ring"],
  outputs: ["ring"],
  updates: [3],
  type: (inputs, { entries, rows }) => {
    expectInput(op, inputs, 0, 1);
    expectInput(op, inputs, 1, 1, "u32");
    const table = expectInput(op, inputs, 2, 2, "u32");
    const ring = expectInput(op, inputs, 3, 1);
    if (elementCount(table.shape) !== 8 * entries)
      throw shapeError(op, inputs, "wrong table", `[${entries}, 8]`);
    const expected = rows * entries * entryWidth;
    if (elementCount(ring.shape) !== expected)
      throw shapeError(op, inputs, "the ring has not these rows", `[${expected}]`);
    return [ring];
  },
  kernels: [
    defineKernel<"statisticsRow/serial", StatisticsRowAttributes>({
      file: "statisticsRow/serial",
      params: ({ attributes: { entries, rows } }) => ({ entries, rows }),
      workgroups: ({ attributes: { entries } }) => ceilDivide(entries, 4),
      bindings: () => ["parts", "units", "table", null, "ring"],
    }),
  ],
  cost: ({ inputs, attributes: { entries } }) => ({
    flops: 4 * elementCount(inputs[0]?.shape ?? []),
    bytes: trafficBytes(...inputs.slice(0, 3)) + 4 * entryWidth * entries,
  }),
});

/**
 * Finishes a step's statistics and writes them as a row of a ring, at step.index mod its rows. For a tensor or a
 * parameter: mean, mean magnitude, root mean square, largest magnitude, shares of elements below 1e-3 and below 1e-5 in
 * magnitude, how many are not finite, and a parameter's ‖Δθ‖ / ‖θ‖ or a tensor's elements. For units: the share of dead
 * ones, the share of saturated elements, and zeros. Norms are left to the host: as means they cannot overflow.
 * @param parts of `tensorStatistics`, `parameterStatistics` and `livingUnits`, packed
 * @param units of `livingUnits`
 * @param ring flat state of `rows` rows of 8 numbers an entry
 * @returns the new ring, in the storage of the old
 * @throws ShapeError where the ring does not hold whole rows
 */
export function statisticsRow(
  parts: Tensor,
  units: Tensor,
  ring: Tensor,
  entries: readonly StatisticsEntry[],
  rows: number,
): Tensor {
  const table = Uint32Array.from(entries.flatMap(rowOfEntry));
  const type = { shape: [entries.length, 8], dtype: "u32" } as const;
  const attributes = { entries: entries.length, rows };
  return apply(statisticsRowOp, [parts, units, constantTensor(table, type), ring], attributes);
}

function rowOfEntry(entry: StatisticsEntry): number[] {
  const { first, parts } = entry;
  switch (entry.kind) {
    case "tensor":
    case "parameter":
      return [Number(entry.kind === "parameter"), first / 4, parts, bitsOf(entry.elements), 0, 0, 0, 0];
    case "units":
      return [2, first / 2, parts, 0, entry.unit, entry.units, 0, 0];
    default:
      return entry satisfies never;
  }
}
