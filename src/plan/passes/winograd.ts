import { rewrite } from "../../graph/graph.ts";
import { attributesOf } from "../../graph/op.ts";
import type { Node, Tensor } from "../../graph/tensor.ts";
import { sizeAt } from "../../ops/checks.ts";
import { conv2dOp } from "../../ops/conv2d.ts";
import { conv2dFilterGradientOp } from "../../ops/conv2dFilterGradient.ts";
import { conv2dInputGradientOp } from "../../ops/conv2dInputGradient.ts";
import {
  winogradConv2d,
  winogradConv2dFilterGradient,
  winogradConv2dInputGradient,
  winogradSuits,
} from "../../ops/lower_winograd.ts";
import type { Pass } from "./pass.ts";

/**
 * Convolutions by 3 × 3 of many channels become Winograd's transforms and products, with 2.25 times fewer
 * multiplications; the transformed image, filters and cotangent serve two of the three convolutions each.
 */
export const winograd: Pass = {
  name: "winograd",
  run: (graph) =>
    rewrite(graph, (node, inputs) => {
      const lowered = lower(node, inputs);
      return lowered && [lowered];
    }),
};

/** Filters lie along the last axis of the weights and of dy, both of them second inputs. */
const filtersOf = (inputs: readonly Tensor[]) => sizeAt(inputs[1]?.shape ?? [], 3);

function lower(node: Node, inputs: readonly Tensor[]): Tensor | null {
  switch (node.op.name) {
    case conv2dOp.name: {
      const attributes = attributesOf(conv2dOp, node);
      return winogradSuits(attributes, filtersOf(inputs)) ? winogradConv2d(inputs, attributes) : null;
    }
    case conv2dInputGradientOp.name: {
      const attributes = attributesOf(conv2dInputGradientOp, node);
      return winogradSuits(attributes, filtersOf(inputs))
        ? winogradConv2dInputGradient(inputs, attributes)
        : null;
    }
    case conv2dFilterGradientOp.name: {
      const attributes = attributesOf(conv2dFilterGradientOp, node);
      return winogradSuits(attributes, filtersOf(inputs))
        ? winogradConv2dFilterGradient(inputs, attributes)
        : null;
    }
    default:
      return null;
  }
}
