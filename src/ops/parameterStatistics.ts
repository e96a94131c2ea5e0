import "../kernels/generated/parameterStatistics.ts";
import { constantTensor } from "../graph/leaves.ts";
import { defineOp } from "../graph/op.ts";
import type { Tensor } from "../graph/tensor.ts";
import { record } from "../graph/tensor.ts";
import type { KernelRequest } from "../kernels/kernel.ts";
import { defineKernel } from "../kernels/kernel.ts";
import { elementCount, formatShape, sameShape, trafficBytes } from "../kernels/types.ts";
import { expectInput, shapeError, sizeAt } from "./checks.ts";
import type { Block } from "./statistics.ts";
import { blockParts, blockRow, blocksOf, parameterPartWidth } from "./statistics.ts";

const op = "parameterStatistics";

const blockCount = ({ outputs }: Pick<KernelRequest, "outputs">): number =>
  sizeAt(outputs[1]?.shape ?? [], 0) / blockParts;

export const parameterStatisticsOp = defineOp<null>({
  name: op,
  kind: "update",
  inputs: ["gradients", "parameters", "table", "previous"],
  outputs: ["previous", "parts"],
  // The parts are fresh.
  updates: [3],
  type: (inputs) => {
    const { shape } = expectInput(op, inputs, 0, 1);
    for (const index of [1, 3]) {
      if (sameShape(expectInput(op, inputs, index, 1).shape, shape)) continue;
      throw shapeError(op, inputs, "the flat buffers differ in length", formatShape(shape));
    }
    const table = expectInput(op, inputs, 2, 2, "u32");
    if (sizeAt(table.shape, 1) !== 4) throw shapeError(op, inputs, "wrong table", "[blocks, 4]");
    return [
      { shape, dtype: "f32" },
      { shape: [blockParts * sizeAt(table.shape, 0), parameterPartWidth], dtype: "f32" },
    ];
  },
  kernels: [
    defineKernel<"parameterStatistics/serial", null>({
      file: "parameterStatistics/serial",
      params: (request) => ({ blocks: blockCount(request) }),
      workgroups: blockCount,
      bindings: () => ["gradients", "parameters", "table", null, "previous", "parts"],
    }),
  ],
  cost: ({ inputs, outputs }) => ({
    flops: 20 * elementCount(inputs[0]?.shape ?? []),
    bytes: trafficBytes(...inputs, ...outputs),
  }),
});

/** The new copy of the parameters, and what `statisticsRow` takes. */
export interface ParameterStatistics {
  readonly previous: Tensor;
  /** f32 [parts, 12]: as `tensorStatistics` has them, then root mean squares of θ before and of Δθ, and two zeros. */
  readonly parts: Tensor;
}

/**
 * Statistics of the parts of all parameters' gradients and updates, in one dispatch. Δθ is what the parameters changed
 * by since it last ran: they are compared with a copy, which it overwrites with them.
 * @param gradients flat, f32
 * @param parameters flat: the new values, after the optimizer
 * @param previous flat state of the same length: the values before, at first the initial ones
 * @param segments where parameters lie, each from a multiple of 64 on; blocks are those of `blocksOf`
 * @throws ShapeError where lengths differ or a segment is not inside
 */
export function parameterStatistics(
  gradients: Tensor,
  parameters: Tensor,
  previous: Tensor,
  segments: readonly Block[],
): ParameterStatistics {
  const length = elementCount(gradients.shape);
  if (segments.some(({ first, elements }) => first % 64 !== 0 || elements < 1 || first + elements > length)) {
    throw shapeError(op, [gradients.type], "a segment is not inside, or begins within a block");
  }
  const rows = segments.flatMap((segment) =>
    blocksOf(segment.elements, segment.first).map((block) => [...blockRow(block), 0]),
  );
  const table = constantTensor(Uint32Array.from(rows.flat()), { shape: [rows.length, 4], dtype: "u32" });
  const [copy, parts] = record(parameterStatisticsOp, [gradients, parameters, table, previous], null);
  if (!copy || !parts) throw new Error(`internal: ${op} has two outputs`);
  return { previous: copy, parts };
}
