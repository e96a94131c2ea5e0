import type { Graph } from "../graph/graph.ts";
import { roots, sortedNodes } from "../graph/graph.ts";
import { isOp } from "../graph/op.ts";
import type { Node } from "../graph/tensor.ts";
import type { Choices } from "../kernels/choices.ts";
import type { KernelRequest } from "../kernels/kernel.ts";
import { sizeAt } from "./checks.ts";
import type { ConvolutionAttributes } from "./convolution.ts";
import {
  columnsBytes,
  lowersConv2d,
  lowersFilterGradientToParts,
  lowersInputGradient,
} from "./lower_convolution.ts";
import { acceptsWinograd, winogradSuits } from "./lower_winograd.ts";

/** The ways to do a convolution: Winograd's transforms, columns and a matrix product, or kernels that gather windows. */
export const routes = ["winograd", "columns", "direct"] as const;

export type Route = (typeof routes)[number];

/** The ways that a convolution can be done; none for every other node. */
export function routesOf(node: Node, workspaceBytes: number): readonly Route[] {
  const attributes = windowsOf(node);
  if (!attributes) return [];
  if (storesHalf(node)) return ["direct"];
  return routes.filter((route) => {
    switch (route) {
      case "winograd":
        return oneGroup(attributes) && acceptsWinograd(attributes, filtersOf(node), workspaceBytes);
      case "columns":
        return acceptsColumns(attributes, workspaceBytes);
      case "direct":
        return true;
      default:
        return route satisfies never;
    }
  });
}

const oneGroup = ({ groups = 1 }: ConvolutionAttributes): boolean => groups === 1;

const acceptsColumns = (attributes: ConvolutionAttributes, workspaceBytes: number): boolean =>
  oneGroup(attributes) && columnsBytes(attributes) <= workspaceBytes;

/** How a convolution is done where nothing was measured; null for every other node. */
export function untunedRoute(node: Node, workspaceBytes: number): Route | null {
  const attributes = windowsOf(node);
  if (!attributes) return null;
  if (storesHalf(node)) return "direct";
  const transforms = oneGroup(attributes) && winogradSuits(attributes, filtersOf(node), workspaceBytes);
  return transforms ? "winograd" : plainRoute(node, workspaceBytes);
}

/** The same without Winograd's transforms. */
export function plainRoute(node: Node, workspaceBytes: number): Exclude<Route, "winograd"> | null {
  const attributes = windowsOf(node);
  if (!attributes) return null;
  if (storesHalf(node) || !acceptsColumns(attributes, workspaceBytes)) return "direct";
  switch (node.op.name) {
    case "conv2d":
      return lowersConv2d(attributes) ? "columns" : "direct";
    case "conv2dInputGradient":
      return lowersInputGradient(node.inputs, attributes) ? "columns" : "direct";
    default:
      return lowersFilterGradientToParts(node.inputs, attributes) ? "direct" : "columns";
  }
}

/** Neither columns nor Winograd's tiles are stored as f16: only the kernels that gather windows by themselves take it. */
const storesHalf = ({ inputs, types }: Node): boolean =>
  [...inputs.map(({ type }) => type), ...types].some(({ dtype }) => dtype === "f16");

/** The windows of a convolution or one of its gradients, which all say them alike; null for every other node. */
function windowsOf(node: Node): ConvolutionAttributes | null {
  return isConvolution(node) ? node.attributes : null;
}

const isConvolution = (node: Node): node is Node<ConvolutionAttributes> & Node =>
  ["conv2d", "conv2dInputGradient", "conv2dFilterGradient"].some((name) =>
    isOp<ConvolutionAttributes>(node, name),
  );

/** Filters lie along the last axis of the weights and of dy, both of them second inputs. */
const filtersOf = (node: Node): number => sizeAt(node.inputs[1]?.shape ?? [], 3);

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
  const attributes = windowsOf(node);
  if (!image || !attributes || !oneGroup(attributes)) return null;
  if (node.op.name === "conv2dInputGradient") return null;
  const { kernel, stride, padding, dilation } = attributes;
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

/** Every set of convolutions of a graph whose routes are to be chosen. */
export function routeGroups(graph: Graph, images: Images): (readonly Node[])[] {
  const gradients = sortedNodes(roots(graph)).filter((node) => {
    const attributes = windowsOf(node);
    return attributes && oneGroup(attributes) && node.op.name === "conv2dInputGradient";
  });
  return [...images.values(), ...gradients.map((node) => [node])];
}

/** What tuning found of a convolution's route, or null. */
export function pickedRoute(
  node: Node,
  images: Images,
  choices: Choices,
  workspaceBytes: number,
): Route | null {
  const accepted = routesOf(node, workspaceBytes);
  const picked = choices.pick(routeSubject(node, images), requestOf(node), accepted);
  return accepted.find((route) => route === picked) ?? null;
}
