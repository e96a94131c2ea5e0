import type { EpilogueAttributes } from "../graph/op.ts";
import type { Cost, Kernel, KernelRequest } from "../kernels/kernel.ts";
import { defineKernel } from "../kernels/kernel.ts";
import { ceilDivide, elementCount, trafficBytes } from "../kernels/types.ts";
import { sizeAt } from "./checks.ts";
import type { WindowAttributes } from "./convolution.ts";
import { windowCounts, windowParams } from "./convolution.ts";
import { epilogueBindings } from "./epilogue.ts";

export type Conv2dAttributes = WindowAttributes & EpilogueAttributes;

/** Sizes of the three convolutions: pixels of the image and of the result, channels of both. */
interface Sizes {
  readonly pixels: number;
  readonly channels: number;
  readonly results: number;
  readonly filters: number;
  readonly taps: number;
}

function sizesOf(filters: number, attributes: WindowAttributes): Sizes {
  const { inputShape, kernel } = attributes;
  const [rows, columns] = windowCounts("conv2d", inputShape, attributes);
  return {
    pixels: elementCount(inputShape.slice(0, 3)),
    channels: sizeAt(inputShape, 3),
    results: sizeAt(inputShape, 0) * rows * columns,
    filters,
    taps: kernel[0] * kernel[1],
  };
}

/** Where an op's types say how many filters there are. */
type FiltersOf = (request: KernelRequest<WindowAttributes>) => number;

const filtersOfWeights: FiltersOf = ({ inputs }) => sizeAt(inputs[1]?.shape ?? [], 3);
const filtersOfResult: FiltersOf = ({ outputs }) => sizeAt(outputs[0]?.shape ?? [], 3);

const paramsWith = (filtersOf: FiltersOf) => (request: KernelRequest<Conv2dAttributes>) => ({
  ...windowParams("conv2d", request.attributes),
  filters: filtersOf(request),
});

/** A product and a sum for each tap inside or outside the image, channel and filter. */
export const convolutionCost =
  (which: "weights" | "result") =>
  (request: KernelRequest<Conv2dAttributes>): Cost => {
    const filters = which === "weights" ? filtersOfWeights(request) : filtersOfResult(request);
    const { results, taps, channels } = sizesOf(filters, request.attributes);
    const bytes = trafficBytes(...request.inputs, ...request.outputs);
    return { flops: 2 * results * filters * taps * channels, bytes };
  };

/**
 * Of the register-tiled kernels: 32 invocations a workgroup, each with 8 pixels by 8 output channels, laid out so that
 * few channels leave none of them idle.
 */
function tileOf(columns: number) {
  const across = [1, 2, 4].find((count) => count * 8 >= columns) ?? 8;
  return { across, down: 32 / across, rows: (32 / across) * 8, columns: across * 8 };
}

function tiled(
  rowsOf: (sizes: Sizes) => number,
  columnsOf: (sizes: Sizes) => number,
): Pick<Kernel<Conv2dAttributes>, "constants" | "workgroups"> {
  return {
    constants: (request) => {
      const { across, down } = tileOf(columnsOf(sizesOf(filtersOfWeights(request), request.attributes)));
      return { WX: across, WY: down };
    },
    workgroups: (request) => {
      const sizes = sizesOf(filtersOfWeights(request), request.attributes);
      const tile = tileOf(columnsOf(sizes));
      return ceilDivide(rowsOf(sizes), tile.rows) * ceilDivide(columnsOf(sizes), tile.columns);
    },
  };
}

const wholeVectors = (request: KernelRequest<Conv2dAttributes>) =>
  sizeAt(request.attributes.inputShape, 3) % 4 === 0 && filtersOfWeights(request) % 4 === 0;

/** Neighbouring windows of a line share two of their three columns. */
const threeAcross = ({ attributes: { kernel, stride, dilation } }: KernelRequest<Conv2dAttributes>) =>
  kernel[1] === 3 && stride[1] === 1 && dilation[1] === 1;

const forward = {
  ...epilogueBindings<Conv2dAttributes>(["x", "weights"], "out"),
  params: paramsWith(filtersOfWeights),
};

const forwardTiled = {
  ...forward,
  variant: { TM: 8, TN4: 2 },
  ...tiled(
    ({ results }) => results,
    ({ filters }) => filters,
  ),
};

/** Four outputs of one pixel an invocation. */
const quads = (pixels: number, columns: number) => ceilDivide(pixels * ceilDivide(columns, 4), 64);

export const conv2dKernels: readonly Kernel<Conv2dAttributes>[] = [
  defineKernel<"conv2d/register_vec4", Conv2dAttributes>({
    file: "conv2d/register_vec4",
    ...forwardTiled,
    accepts: wholeVectors,
  }),
  defineKernel<"conv2d/few_channels", Conv2dAttributes>({
    file: "conv2d/few_channels",
    ...forward,
    accepts: (request) => threeAcross(request) && filtersOfWeights(request) % 4 === 0,
    // With one channel SwiftShader is a third slower so, measured; with three a tenth faster.
    suits: ({ attributes }, { software, lanes }) => {
      const channels = sizeAt(attributes.inputShape, 3);
      return channels < 4 && (channels > 1 || !software || lanes >= 8);
    },
    workgroups: (request) => {
      const { batch, out_height, out_width } = windowParams("conv2d", request.attributes);
      const runs = batch * out_height * ceilDivide(out_width, 8);
      return ceilDivide(runs * ceilDivide(filtersOfWeights(request), 8), 64);
    },
  }),
  defineKernel<"conv2d/register", Conv2dAttributes>({ file: "conv2d/register", ...forwardTiled }),
  defineKernel<"conv2d/direct", Conv2dAttributes>({
    file: "conv2d/direct",
    ...forward,
    workgroups: (request) => {
      const { results, filters } = sizesOf(filtersOfWeights(request), request.attributes);
      return quads(results, filters);
    },
  }),
];

export const inputGradientKernels: readonly Kernel<WindowAttributes>[] = [
  defineKernel<"conv2dInputGradient/register_vec4", WindowAttributes>({
    file: "conv2dInputGradient/register_vec4",
    variant: { TM: 8, TN4: 2 },
    ...tiled(
      ({ pixels }) => pixels,
      ({ channels }) => channels,
    ),
    accepts: (request) => wholeVectors(request) && request.attributes.stride.every((step) => step === 1),
    params: paramsWith(filtersOfWeights),
  }),
  defineKernel<"conv2dInputGradient/direct", WindowAttributes>({
    file: "conv2dInputGradient/direct",
    params: paramsWith(filtersOfWeights),
    workgroups: (request) => {
      const { pixels, channels } = sizesOf(filtersOfWeights(request), request.attributes);
      return quads(pixels, channels);
    },
  }),
];

export const filterGradientKernels: readonly Kernel<WindowAttributes>[] = [
  defineKernel<"conv2dFilterGradient/direct", WindowAttributes>({
    file: "conv2dFilterGradient/direct",
    params: paramsWith(filtersOfResult),
    workgroups: (request) => {
      const { taps, channels, filters } = sizesOf(filtersOfResult(request), request.attributes);
      return quads(taps * channels, filters);
    },
  }),
];
