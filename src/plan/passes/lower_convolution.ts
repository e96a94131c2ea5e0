import { rewrite } from "../../graph/graph.ts";
import { attributesOf } from "../../graph/op.ts";
import type { Node, Tensor } from "../../graph/tensor.ts";
import { conv2dOp } from "../../ops/conv2d.ts";
import { conv2dFilterGradientOp } from "../../ops/conv2dFilterGradient.ts";
import { conv2dInputGradientOp } from "../../ops/conv2dInputGradient.ts";
import type { WindowAttributes } from "../../ops/convolution.ts";
import {
  lowerConv2d,
  lowerFilterGradient,
  lowerFilterGradientToParts,
  lowerInputGradient,
  lowersConv2d,
  lowersFilterGradientToParts,
  lowersInputGradient,
} from "../../ops/lower_convolution.ts";
import type { Pass } from "./pass.ts";

/** Convolutions become im2col and matmul where that is faster; the columns of the forward pass serve the filter gradient too. */
export const lowerConvolution: Pass = {
  name: "lowerConvolution",
  run: (graph) =>
    rewrite(graph, (node, inputs) => {
      const lowered = lower(node, inputs);
      return lowered && [lowered];
    }),
};

function lower(node: Node, inputs: readonly Tensor[]): Tensor | null {
  switch (node.op.name) {
    case conv2dOp.name: {
      const attributes = attributesOf(conv2dOp, node);
      return lowersConv2d(attributes) ? lowerConv2d(inputs, attributes) : null;
    }
    case conv2dInputGradientOp.name: {
      const attributes = attributesOf(conv2dInputGradientOp, node);
      return lowersInputGradient(inputs, attributes) ? lowerInputGradient(inputs, attributes) : null;
    }
    case conv2dFilterGradientOp.name:
      return filterGradient(inputs, attributesOf(conv2dFilterGradientOp, node));
    default:
      return null;
  }
}

function filterGradient(inputs: readonly Tensor[], attributes: WindowAttributes): Tensor {
  return lowersFilterGradientToParts(inputs, attributes)
    ? lowerFilterGradientToParts(inputs, attributes)
    : lowerFilterGradient(inputs, attributes);
}
