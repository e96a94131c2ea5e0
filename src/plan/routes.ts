import type { Graph } from "../graph/graph.ts";
import { roots, sortedNodes } from "../graph/graph.ts";
import { attributesOf } from "../graph/op.ts";
import type { Node } from "../graph/tensor.ts";
import type { KernelRequest } from "../kernels/kernel.ts";
import { conv2dOp } from "../ops/conv2d.ts";
import { conv2dFilterGradientOp } from "../ops/conv2dFilterGradient.ts";
import { conv2dInputGradientOp } from "../ops/conv2dInputGradient.ts";

/** The ways to do a convolution: columns and a matrix product, or the op's own kernels. */
export const routes = ["columns", "direct"] as const;

export type Route = (typeof routes)[number];

/** What a node asks of a kernel, were it done by one. */
export const requestOf = (node: Node): KernelRequest => ({
  inputs: node.inputs.map(({ type }) => type),
  outputs: node.types,
  attributes: node.attributes,
});

/** For each image and shape of window, the convolutions that would read the same columns. */
export type Images = ReadonlyMap<string, readonly Node[]>;

export function imagesOf(graph: Graph): Images {
  const images = new Map<string, Node[]>();
  for (const node of sortedNodes(roots(graph))) {
    const key = columnsKey(node);
    if (key !== null) images.set(key, [...(images.get(key) ?? []), node]);
  }
  return images;
}

/** The columns that a convolution or a filter gradient would read; null for all that reads none. */
function columnsKey(node: Node): string | null {
  const [image] = node.inputs;
  if (!image || (node.op.name !== conv2dOp.name && node.op.name !== conv2dFilterGradientOp.name)) return null;
  // Both have a window; the forward pass may have an epilogue besides.
  const { kernel, stride, padding, dilation } = attributesOf(conv2dFilterGradientOp, {
    op: conv2dFilterGradientOp,
    attributes: node.attributes,
  });
  return JSON.stringify([image.node.id, image.index, kernel, stride, padding, dilation]);
}

/** What a choice of route is kept under: columns that serve two convolutions are worth more than those of one. */
export function routeSubject(node: Node, images: Images): string {
  const sharing = groupOf(node, images).length > 1 ? " sharing columns" : "";
  return `${node.op.name} route${sharing}`;
}

/** The convolutions whose routes are best chosen together, in order of recording. */
export function groupOf(node: Node, images: Images): readonly Node[] {
  const key = columnsKey(node);
  return (key === null ? undefined : images.get(key)) ?? [node];
}

/** Every group of convolutions of a graph. */
export function routeGroups(graph: Graph, images: Images): (readonly Node[])[] {
  const gradients = sortedNodes(roots(graph)).filter(({ op }) => op.name === conv2dInputGradientOp.name);
  return [...images.values(), ...gradients.map((node) => [node])];
}
