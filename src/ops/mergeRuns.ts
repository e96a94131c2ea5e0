import "../kernels/generated/mergeRuns.ts";
import { defineOp } from "../graph/op.ts";
import type { Tensor } from "../graph/tensor.ts";
import { record } from "../graph/tensor.ts";
import { defineKernel } from "../kernels/kernel.ts";
import { ceilDivide, elementCount } from "../kernels/types.ts";
import { expectInput, shapeError } from "./checks.ts";
import { reshape } from "./reshape.ts";

export interface MergeRunsAttributes {
  /** Keys of a sorted run; the last may be shorter. */
  readonly run: number;
  /** Runs that become one. */
  readonly ways: number;
}

export const mergeRunsOp = defineOp<MergeRunsAttributes>({
  name: "mergeRuns",
  inputs: ["keys", "…"],
  outputs: ["sortedKeys", "sortedPositions"],
  type: (inputs, { run, ways }) => {
    const keys = expectInput("mergeRuns", inputs, 0, 1, "u32");
    if (run < 1 || ways < 2) throw shapeError("mergeRuns", inputs, `${ways} runs of ${run} are none`);
    if (inputs.length === 1) return [keys, keys];
    const positions = expectInput("mergeRuns", inputs, 1, 1, "u32");
    if (positions.shape[0] !== keys.shape[0]) {
      throw shapeError("mergeRuns", inputs, "there is not one position for each key");
    }
    return [keys, keys];
  },
  kernels: [
    defineKernel<"mergeRuns/mergeRuns", MergeRunsAttributes>({
      file: "mergeRuns/mergeRuns",
      constants: ({ inputs }) => ({ FIRST: Number(inputs.length === 1) }),
      bindings: ({ inputs }) =>
        inputs.length === 1
          ? [["keys", "positions"], "sortedKeys", "sortedPositions"]
          : ["keys", "positions", "sortedKeys", "sortedPositions"],
      params: ({ inputs, attributes }) => ({ count: elementCount(inputs[0]?.shape ?? []), ...attributes }),
      workgroups: ({ inputs }) => ceilDivide(elementCount(inputs[0]?.shape ?? []), 64),
    }),
  ],
});

/** Keys in rising order, and where each stood. */
export interface SortedOrder {
  readonly keys: Tensor;
  readonly positions: Tensor;
}

/** A first pass compares each key with all of its run; later ones search in runs. */
const firstWays = 16;
const laterWays = 4;

/**
 * The stable order of u32 indices: ⌈log₄(n / 16)⌉ + 1 dispatches for n of them, with 15 comparisons an index in the first
 * and 3 bisections in the others; no atomics and no barriers.
 */
export function sortedOrder(indices: Tensor): SortedOrder {
  const flat = reshape(indices, [elementCount(indices.shape)]);
  let order = merged(flat, undefined, { run: 1, ways: firstWays });
  for (let run = firstWays; run < elementCount(flat.shape); run *= laterWays) {
    order = merged(order.keys, order.positions, { run, ways: laterWays });
  }
  return order;
}

/** One pass: each `ways` sorted runs become one. Without positions, those of the keys. */
export function merged(
  keys: Tensor,
  positions: Tensor | undefined,
  attributes: MergeRunsAttributes,
): SortedOrder {
  const [sortedKeys, sortedPositions] = record(
    mergeRunsOp,
    positions ? [keys, positions] : [keys],
    attributes,
  );
  if (!sortedKeys || !sortedPositions) throw new Error("internal: mergeRuns has too few outputs");
  return { keys: sortedKeys, positions: sortedPositions };
}
