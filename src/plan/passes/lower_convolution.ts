import { rewrite } from "../../graph/graph.ts";
import { attributesOf } from "../../graph/op.ts";
import type { Node, Tensor } from "../../graph/tensor.ts";
import { conv2dOp } from "../../ops/conv2d.ts";
import { conv2dFilterGradientOp } from "../../ops/conv2dFilterGradient.ts";
import { conv2dInputGradientOp } from "../../ops/conv2dInputGradient.ts";
import {
  lowerConv2d,
  lowerFilterGradient,
  lowerFilterGradientToParts,
  lowerInputGradient,
  lowersConv2d,
  lowersFilterGradientToParts,
  lowersInputGradient,
} from "../../ops/lower_convolution.ts";
import type { Route } from "../routes.ts";
import { imagesOf, requestOf, routeSubject, routes } from "../routes.ts";
import type { Pass } from "./pass.ts";

/** Convolutions become im2col and matmul where that is faster; the columns of the forward pass serve the filter gradient too. */
export const lowerConvolution: Pass = {
  name: "lowerConvolution",
  run: (graph, choices) => {
    const images = imagesOf(graph);
    return rewrite(graph, (node, inputs) => {
      const rule = untunedRoute(node, inputs);
      if (rule === null) return null;
      const picked = choices.pick(routeSubject(node, images), requestOf(node), routes);
      const route = routes.find((name) => name === picked) ?? rule;
      if (route === "columns") return [lower(node, inputs)];
      // The op's own kernel makes a whole sum in each invocation: in parts it is as direct and has enough of them.
      const isFilterGradient = node.op.name === conv2dFilterGradientOp.name;
      return isFilterGradient
        ? [lowerFilterGradientToParts(inputs, attributesOf(conv2dFilterGradientOp, node))]
        : null;
    });
  },
};

/** How a convolution is done where nothing was measured; null for every other node. */
export function untunedRoute(node: Node, inputs: readonly Tensor[]): Route | null {
  switch (node.op.name) {
    case conv2dOp.name:
      return lowersConv2d(attributesOf(conv2dOp, node)) ? "columns" : "direct";
    case conv2dInputGradientOp.name:
      return lowersInputGradient(inputs, attributesOf(conv2dInputGradientOp, node)) ? "columns" : "direct";
    case conv2dFilterGradientOp.name:
      return lowersFilterGradientToParts(inputs, attributesOf(conv2dFilterGradientOp, node))
        ? "direct"
        : "columns";
    default:
      return null;
  }
}

function lower(node: Node, inputs: readonly Tensor[]): Tensor {
  switch (node.op.name) {
    case conv2dOp.name:
      return lowerConv2d(inputs, attributesOf(conv2dOp, node));
    case conv2dInputGradientOp.name:
      return lowerInputGradient(inputs, attributesOf(conv2dInputGradientOp, node));
    case conv2dFilterGradientOp.name:
      return lowerFilterGradient(inputs, attributesOf(conv2dFilterGradientOp, node));
    default:
      throw new Error(`internal: ${node.op.name} is no convolution`);
  }
}
