import type { Tensor } from "../graph/tensor.ts";
import { sizeAt } from "./checks.ts";
import type { WindowAttributes } from "./convolution.ts";
import { resultShape } from "./convolution_shapes.ts";
import type { Conv2dAttributes } from "./convolution_sizes.ts";
import { matmul } from "./matmul.ts";
import { reshape } from "./reshape.ts";
import { splitInner } from "./split_matmul.ts";
import { sum } from "./sum.ts";
import { winogradFilter } from "./winogradFilter.ts";
import { winogradFilterGradient } from "./winogradFilterGradient.ts";
import { winogradInput } from "./winogradInput.ts";
import { winogradInputGradient } from "./winogradInputGradient.ts";
import { winogradOutput } from "./winogradOutput.ts";
import { winogradOutputGradient } from "./winogradOutputGradient.ts";

/** WebGPU's default limit of a binding. */
const largestBytes = 128 * 2 ** 20;

/**
 * Whether a convolution can be written so at all: 3 × 3, every pixel, neighbouring taps, channels and filters in fours;
 * and its transformed tensors are within every adapter's limits and the workspace.
 * @param filters of the result
 */
export function acceptsWinograd(
  attributes: WindowAttributes,
  filters: number,
  workspaceBytes: number = largestBytes,
): boolean {
  const { kernel, stride, dilation, inputShape } = attributes;
  const channels = sizeAt(inputShape, 3);
  const widest = Math.max(channels, filters);
  const [batch = 0, height = 0, width = 0] = resultShape("conv2d", attributes, filters);
  const values = 16 * batch * Math.ceil(height / 2) * Math.ceil(width / 2) * widest;
  return (
    kernel.every((size) => size === 3) &&
    [...stride, ...dilation].every((step) => step === 1) &&
    [channels, filters].every((size) => size % 4 === 0) &&
    4 * values <= Math.min(largestBytes, workspaceBytes)
  );
}

/** With less, the transforms take longer than the multiplications that they save: measured, see docs/decisions.md. */
const fewest = { channels: 16, filters: 8, side: 4 };

/**
 * Whether a convolution and its gradients are faster so. Rounding errors are about those of the plain sum where the
 * image's values are of one size; they go by the largest value of a 4 × 4 tile, and a NaN or an infinity reaches all
 * results of the tiles over it.
 * @param filters of the result
 */
export function winogradSuits(
  attributes: WindowAttributes,
  filters: number,
  workspaceBytes?: number,
): boolean {
  const channels = sizeAt(attributes.inputShape, 3);
  const [, height = 0, width = 0] = resultShape("conv2d", attributes, filters);
  return (
    acceptsWinograd(attributes, filters, workspaceBytes) &&
    channels >= fewest.channels &&
    filters >= fewest.filters &&
    Math.min(height, width) >= fewest.side
  );
}

/** The value of a `conv2d` node: Aᵀ (v · u) A. An epilogue moves on to the last transform. */
export function winogradConv2d(inputs: readonly Tensor[], attributes: Conv2dAttributes): Tensor {
  const [x, weights, ...operands] = inputs;
  if (!x || !weights) throw new Error("internal: conv2d without inputs");
  const m = matmul(winogradInput(x, attributes.padding), winogradFilter(weights));
  const shape = resultShape("conv2d", attributes, sizeAt(weights.shape, 3));
  const { epilogue } = attributes;
  return winogradOutput(m, { resultShape: shape, ...(epilogue && { epilogue }) }, operands);
}

/** The value of a `conv2dInputGradient` node: the adjoint of the above in x. */
export function winogradConv2dInputGradient(
  inputs: readonly Tensor[],
  { inputShape, padding }: WindowAttributes,
): Tensor {
  const [dy, weights] = inputs;
  if (!dy || !weights) throw new Error("internal: conv2dInputGradient without inputs");
  const dv = matmul(winogradOutputGradient(dy), winogradFilter(weights), { transposeB: true });
  return winogradInputGradient(dv, { inputShape, padding });
}

/** The value of a `conv2dFilterGradient` node: the adjoint in the weights, its long sums over the tiles in parts. */
export function winogradConv2dFilterGradient(
  inputs: readonly Tensor[],
  { padding }: WindowAttributes,
): Tensor {
  const [x, dy] = inputs;
  if (!x || !dy) throw new Error("internal: conv2dFilterGradient without inputs");
  const [v, dm] = [winogradInput(x, padding), winogradOutputGradient(dy)];
  const [planes, tiles, channels] = [sizeAt(v.shape, 0), sizeAt(v.shape, 1), sizeAt(v.shape, 2)];
  const filters = sizeAt(dm.shape, 2);
  const parts = splitInner(tiles, channels, filters, planes);
  if (parts === 1) return winogradFilterGradient(matmul(v, dm, { transposeA: true }));
  const split = (tensor: Tensor, columns: number) => reshape(tensor, [planes * parts, -1, columns]);
  const products = matmul(split(v, channels), split(dm, filters), { transposeA: true });
  return winogradFilterGradient(sum(reshape(products, [planes, parts, channels, filters]), { axes: 1 }));
}
