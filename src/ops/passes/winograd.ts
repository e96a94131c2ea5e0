import { rewrite } from "../../graph/graph.ts";
import type { Pass } from "../../graph/op.ts";
import { attributesOf } from "../../graph/op.ts";
import type { Node, Tensor } from "../../graph/tensor.ts";
import { conv2dOp } from "../conv2d.ts";
import { conv2dFilterGradientOp } from "../conv2dFilterGradient.ts";
import { conv2dInputGradientOp } from "../conv2dInputGradient.ts";
import { imagesOf, pickedRoute, untunedRoute } from "../convolution_routes.ts";
import {
  winogradConv2d,
  winogradConv2dFilterGradient,
  winogradConv2dInputGradient,
} from "../lower_winograd.ts";

/**
 * Convolutions by 3 × 3 of many channels become Winograd's transforms and products, with 2.25 times fewer
 * multiplications; the transformed image, filters and cotangent serve two of the three convolutions each.
 */
export const winograd: Pass = {
  name: "winograd",
  run: (graph, choices, workspaceBytes) => {
    const images = imagesOf(graph);
    return rewrite(graph, (node, inputs) => {
      const rule = untunedRoute(node, workspaceBytes);
      if (rule === null) return null;
      const route = pickedRoute(node, images, choices, workspaceBytes) ?? rule;
      return route === "winograd" ? [lower(node, inputs)] : null;
    });
  },
};

function lower(node: Node, inputs: readonly Tensor[]): Tensor {
  switch (node.op.name) {
    case conv2dOp.name:
      return winogradConv2d(inputs, attributesOf(conv2dOp, node));
    case conv2dInputGradientOp.name:
      return winogradConv2dInputGradient(inputs, attributesOf(conv2dInputGradientOp, node));
    case conv2dFilterGradientOp.name:
      return winogradConv2dFilterGradient(inputs, attributesOf(conv2dFilterGradientOp, node));
    default:
      throw new Error(`internal: ${node.op.name} is no convolution`);
  }
}
