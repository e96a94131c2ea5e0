import { rewrite } from "../../graph/graph.ts";
import type { Pass } from "../../graph/op.ts";
import { isOp } from "../../graph/op.ts";
import type { Node, Tensor } from "../../graph/tensor.ts";
import type { ConvolutionAttributes } from "../convolution.ts";
import { imagesOf, pickedRoute, plainRoute } from "../convolution_routes.ts";
import type { Conv2dAttributes } from "../convolution_sizes.ts";
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
  if (isOp<Conv2dAttributes>(node, "conv2d")) return columns ? lowerConv2d(inputs, node.attributes) : null;
  if (isOp<ConvolutionAttributes>(node, "conv2dInputGradient"))
    return columns ? lowerInputGradient(inputs, node.attributes) : null;
  if (!isOp<ConvolutionAttributes>(node, "conv2dFilterGradient"))
    throw new Error("internal: this is no convolution");
  // The op's own kernel makes a whole sum in each invocation: in parts it is as direct and has enough of them.
  return columns
    ? lowerFilterGradient(inputs, node.attributes)
    : lowerFilterGradientToParts(inputs, node.attributes);
}
