import { rewrite } from "../../graph/graph.ts";
import type { Pass } from "../../graph/op.ts";
import { isOp } from "../../graph/op.ts";
import type { Node, Tensor } from "../../graph/tensor.ts";
import type { ConvolutionAttributes } from "../convolution.ts";
import { imagesOf, pickedRoute, untunedRoute } from "../convolution_routes.ts";
import type { Conv2dAttributes } from "../convolution_sizes.ts";
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
  if (isOp<Conv2dAttributes>(node, "conv2d")) return winogradConv2d(inputs, node.attributes);
  if (isOp<ConvolutionAttributes>(node, "conv2dInputGradient"))
    return winogradConv2dInputGradient(inputs, node.attributes);
  if (isOp<ConvolutionAttributes>(node, "conv2dFilterGradient"))
    return winogradConv2dFilterGradient(inputs, node.attributes);
  throw new Error("internal: this is no convolution");
}
