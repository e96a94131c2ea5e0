import { rewrite } from "../../graph/graph.ts";
import type { Pass } from "../../graph/op.ts";
import { attributesOf } from "../../graph/op.ts";
import type { Node, Tensor } from "../../graph/tensor.ts";
import { conv2dOp } from "../conv2d.ts";
import { conv2dFilterGradientOp } from "../conv2dFilterGradient.ts";
import { conv2dInputGradientOp } from "../conv2dInputGradient.ts";
import { imagesOf, pickedRoute, plainRoute } from "../convolution_routes.ts";
import {
  lowerConv2d,
  lowerFilterGradient,
  lowerFilterGradientToParts,
  lowerInputGradient,
} from "../lower_convolution.ts";

/**
 * Convolutions become im2col and matmul where that is faster and the columns fit the workspace; the columns of the forward
 * pass serve the filter gradient too.
 */
export const lowerConvolution: Pass = {
  name: "lowerConvolution",
  run: (graph, choices, workspaceBytes) => {
    const images = imagesOf(graph);
    return rewrite(graph, (node, inputs) => {
      const rule = plainRoute(node, workspaceBytes);
      if (rule === null) return null;
      const picked = pickedRoute(node, images, choices, workspaceBytes);
      // What Winograd's pass left to this one, though picked, was to go without.
      const lowered = lower(node, inputs, picked === null || picked === "winograd" ? rule : picked);
      return lowered && [lowered];
    });
  },
};

function lower(node: Node, inputs: readonly Tensor[], route: "columns" | "direct"): Tensor | null {
  const columns = route === "columns";
  switch (node.op.name) {
    case conv2dOp.name:
      return columns ? lowerConv2d(inputs, attributesOf(conv2dOp, node)) : null;
    case conv2dInputGradientOp.name:
      return columns ? lowerInputGradient(inputs, attributesOf(conv2dInputGradientOp, node)) : null;
    case conv2dFilterGradientOp.name: {
      const attributes = attributesOf(conv2dFilterGradientOp, node);
      // The op's own kernel makes a whole sum in each invocation: in parts it is as direct and has enough of them.
      return columns
        ? lowerFilterGradient(inputs, attributes)
        : lowerFilterGradientToParts(inputs, attributes);
    }
    default:
      throw new Error(`internal: ${node.op.name} is no convolution`);
  }
}
