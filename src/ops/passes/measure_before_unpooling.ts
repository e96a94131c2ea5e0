import { rewrite } from "../../graph/graph.ts";
import { isConstant } from "../../graph/leaves.ts";
import type { Pass } from "../../graph/op.ts";
import { isOp } from "../../graph/op.ts";
import type { Tensor } from "../../graph/tensor.ts";
import { elementCount } from "../../kernels/types.ts";
import { windowsAreApart } from "../convolution.ts";
import type { PoolAttributes } from "../pooling.ts";
import type { Block } from "../statistics.ts";
import { evenBlocks } from "../statistics.ts";

/** The op's public function: it lists this pass, which therefore cannot import it. */
type Measure = (tensors: readonly Tensor[], blocks: readonly (readonly Block[])[]) => Tensor;

/**
 * Statistics of a gradient that max pooling spread over an image are taken of it before: where windows lie apart, all that
 * came besides are zeros, which `statisticsRow` knows of by the tensor's size. A quarter of the elements for 2×2.
 */
export const measureBeforeUnpooling = (mostTensors: number, tensorStatistics: Measure): Pass => ({
  name: "measureBeforeUnpooling",
  run: (graph) =>
    rewrite(graph, (node, inputs) => {
      if (node.op.name !== "tensorStatistics") return null;
      const tensors = inputs.slice(0, mostTensors);
      const rows = rowsOf(inputs[mostTensors]);
      if (!rows) return null;
      // The same number of blocks for each: what reads their parts stays as it is.
      const smaller = tensors.map((tensor, number) =>
        beforeUnpooling(tensor, rows.filter(([of]) => of === number).length),
      );
      if (smaller.every((tensor) => tensor === null)) return null;
      const blocks = tensors.map((tensor, number) => {
        const count = rows.filter(([of]) => of === number).length;
        return evenBlocks(elementCount((smaller[number] ?? tensor).shape), count);
      });
      return [
        tensorStatistics(
          tensors.map((tensor, number) => smaller[number] ?? tensor),
          blocks,
        ),
      ];
    }),
});

/** The table's rows, where it is one that the op's public function made. */
function rowsOf(table: Tensor | undefined): number[][] | null {
  if (!table || !isConstant(table.node)) return null;
  const { values } = table.node.attributes;
  return Array.from({ length: values.length / 4 }, (_, row) =>
    Array.from(values.subarray(4 * row, 4 * (row + 1))),
  );
}

/** What was unpooled, where that is nothing but spreading; null also where it has too few elements for the blocks. */
function beforeUnpooling({ node }: Tensor, blocks: number): Tensor | null {
  const [dy, indices] = node.inputs;
  if (!isOp<PoolAttributes>(node, "maxPool2dGradient") || indices?.node.op.name !== "maxPool2d") return null;
  const { attributes } = node;
  const apart = attributes.bins === undefined && windowsAreApart(attributes);
  return dy && apart && elementCount(dy.shape) >= 16 * blocks ? dy : null;
}
