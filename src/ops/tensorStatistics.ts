import "../kernels/generated/tensorStatistics.ts";
import { constantTensor } from "../graph/leaves.ts";
import { defineOp } from "../graph/op.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import type { KernelRequest } from "../kernels/kernel.ts";
import { defineKernel } from "../kernels/kernel.ts";
import { elementCount, trafficBytes } from "../kernels/types.ts";
import { expectInput, shapeError, sizeAt } from "./checks.ts";
import { measureBeforeUnpooling } from "./passes/measure_before_unpooling.ts";
import type { Block } from "./statistics.ts";
import { blockParts, blockRow, blocksOf, tensorPartWidth } from "./statistics.ts";

/** Tensors of one dispatch: eight bindings less the table and the result. */
export const mostTensors = 6;

const names = Array.from({ length: mostTensors }, (_, index) => `x${index}`);

const blockCount = ({ outputs }: Pick<KernelRequest, "outputs">): number =>
  sizeAt(outputs[0]?.shape ?? [], 0) / blockParts;

export const tensorStatisticsOp = defineOp<null>({
  name: "tensorStatistics",
  inputs: [...names, "table"],
  outputs: ["parts"],
  type: (inputs) => {
    for (const index of names.keys()) expectInput("tensorStatistics", inputs, index, null);
    const { shape } = expectInput("tensorStatistics", inputs, mostTensors, 2, "u32");
    if (sizeAt(shape, 1) !== 4) throw shapeError("tensorStatistics", inputs, "wrong table", "[blocks, 4]");
    return [{ shape: [blockParts * sizeAt(shape, 0), tensorPartWidth], dtype: "f32" }];
  },
  passes: [measureBeforeUnpooling(mostTensors, tensorStatistics)],
  kernels: [
    defineKernel<"tensorStatistics/serial", null>({
      file: "tensorStatistics/serial",
      params: (request) => ({ blocks: blockCount(request) }),
      workgroups: blockCount,
    }),
  ],
  cost: ({ inputs, outputs }) => ({
    flops: 12 * inputs.slice(0, mostTensors).reduce((sum, { shape }) => sum + elementCount(shape), 0),
    bytes: trafficBytes(...inputs, ...outputs),
  }),
});

/**
 * What `statisticsRow` makes statistics of, for each part of some tensors, in one dispatch: the part's elements, their
 * mean, mean magnitude and root mean square, their largest magnitude, how many are below 1e-3 and below 1e-5 in
 * magnitude, and how many are not finite. All but the last are of the finite elements, the others taken as 0. Each part
 * is added up in a fixed order, and so that squares neither overflow nor vanish.
 * @param tensors f32, one to six
 * @param blocks of each tensor, which have eight parts each; `blocksOf` by default
 * @returns f32 [parts, 8], the first tensor's parts first
 * @throws ShapeError where there are none or too many
 */
export function tensorStatistics(
  tensors: readonly Tensor[],
  blocks: readonly (readonly Block[])[] = tensors.map(({ shape }) => blocksOf(elementCount(shape))),
): Tensor {
  const [first] = tensors;
  if (!first || tensors.length > mostTensors) {
    const types = tensors.map(({ type }) => type);
    throw shapeError("tensorStatistics", types, "wrong number of tensors", `1 to ${mostTensors}`);
  }
  const rows = tensors.flatMap((_, number) =>
    (blocks[number] ?? []).map((block) => [number, ...blockRow(block)]),
  );
  const table = constantTensor(Uint32Array.from(rows.flat()), { shape: [rows.length, 4], dtype: "u32" });
  // Every binding is filled: those that no row of the table names, with the first once more.
  const filled = names.map((_, index) => tensors[index] ?? first);
  return apply(tensorStatisticsOp, [...filled, table], null);
}
