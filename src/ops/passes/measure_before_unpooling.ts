import { rewrite } from "../../graph/graph.ts";
import { isConstant } from "../../graph/leaves.ts";
import type { Pass } from "../../graph/op.ts";
import { attributesOf } from "../../graph/op.ts";
import type { Tensor } from "../../graph/tensor.ts";
import { elementCount } from "../../kernels/types.ts";
import { windowsAreApart } from "../convolution.ts";
import { maxPool2dOp } from "../maxPool2d.ts";
import { maxPool2dGradientOp } from "../maxPool2dGradient.ts";
import { evenBlocks } from "../statistics.ts";
import { mostTensors, tensorStatistics, tensorStatisticsOp } from "../tensorStatistics.ts";

/**
 * Statistics of a gradient that max pooling spread over an image are taken of it before: where windows lie apart, all that
 * came besides are zeros, which `statisticsRow` knows of by the tensor's size. A quarter of the elements for 2×2.
 */
export const measureBeforeUnpooling: Pass = {
  name: "measureBeforeUnpooling",
  run: (graph) =>
    rewrite(graph, (node, inputs) => {
      if (node.op.name !== tensorStatisticsOp.name) return null;
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
};

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
  if (node.op.name !== maxPool2dGradientOp.name || indices?.node.op.name !== maxPool2dOp.name) return null;
  const attributes = attributesOf(maxPool2dGradientOp, node);
  const apart = attributes.bins === undefined && windowsAreApart(attributes);
  return dy && apart && elementCount(dy.shape) >= 16 * blocks ? dy : null;
}
