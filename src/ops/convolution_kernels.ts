import type { Kernel, KernelRequest } from "../kernels/kernel.ts";
import { defineKernel } from "../kernels/kernel.ts";
import { ceilDivide } from "../kernels/types.ts";
import { sizeAt } from "./checks.ts";
import type { ConvolutionAttributes } from "./convolution.ts";
import { windowParams } from "./convolution.ts";
import type { Conv2dAttributes, Sizes } from "./convolution_sizes.ts";
import {
  depthwiseConstants,
  filtersOfResult,
  filtersOfWeights,
  groupedParamsWith,
  isDepthwise,
  paramsWith,
  sizesOf,
} from "./convolution_sizes.ts";
import { epilogueBindings } from "./epilogue.ts";

type Request = KernelRequest<Conv2dAttributes>;

const sizes = (request: Request): Sizes => sizesOf(filtersOfWeights(request), request.attributes);

/**
 * Of the register-tiled kernels: 32 invocations a workgroup, each with 8 pixels by one or two vectors of output channels,
 * laid out so that few channels leave none of them idle.
 */
function tileOf(columns: number, vectors: 1 | 2) {
  const across = [1, 2, 4].find((count) => count * 4 * vectors >= columns) ?? 8;
  return { across, down: 32 / across, columns: across * 4 * vectors };
}

/** @param runsOf how many times 8 pixels the invocations share */
function tiled(
  vectors: 1 | 2,
  columnsOf: (sizes: Sizes) => number,
  runsOf: (sizes: Sizes, request: Request) => number,
): Pick<Kernel<Conv2dAttributes>, "constants" | "workgroups"> & { variant: { TM: number; TN4: number } } {
  return {
    variant: { TM: 8, TN4: vectors },
    constants: (request) => {
      const { across, down } = tileOf(columnsOf(sizes(request)), vectors);
      return { WX: across, WY: down };
    },
    workgroups: (request) => {
      const own = sizes(request);
      const tile = tileOf(columnsOf(own), vectors);
      return ceilDivide(runsOf(own, request), tile.down) * ceilDivide(columnsOf(own), tile.columns);
    },
  };
}

/**
 * Whether vectors hold channels of one group alone, and all output channels of an invocation are of one group. A single
 * vector is for groups that two do not fit into.
 */
function fitsGroups(request: Request, vectors: 1 | 2, outputsOf: (sizes: Sizes) => number): boolean {
  const own = sizes(request);
  if (own.groupChannels % 4 !== 0 || own.groupFilters % 4 !== 0) return false;
  const two = own.groups === 1 || outputsOf(own) % 8 === 0;
  return two === (vectors === 2);
}

const oneGroup = ({ attributes: { groups = 1 } }: Request) => groups === 1;

/** Neighbouring windows of a line share two of their three columns. */
const threeAcross = ({ attributes: { kernel, stride, dilation } }: Request) =>
  kernel[1] === 3 && stride[1] === 1 && dilation[1] === 1;

const bindings = epilogueBindings<Conv2dAttributes>(["x", "weights"], "out");
const plainParams = paramsWith(filtersOfWeights);
const groupedParams = groupedParamsWith(filtersOfWeights);

const forwardTile = (vectors: 1 | 2) =>
  tiled(
    vectors,
    ({ filters }) => filters,
    ({ results }) => ceilDivide(results, 8),
  );

const forwardVectors = (vectors: 1 | 2): Kernel<Conv2dAttributes> =>
  defineKernel<"conv2d/register_vec4", Conv2dAttributes>({
    file: "conv2d/register_vec4",
    ...bindings,
    ...forwardTile(vectors),
    params: groupedParams,
    accepts: (request) => fitsGroups(request, vectors, ({ groupFilters }) => groupFilters),
  });

/** Four outputs of one pixel an invocation, all of one group. */
const quads = (pixels: number, groups: number, columns: number) =>
  ceilDivide(pixels * groups * ceilDivide(columns, 4), 64);

const depthwise = {
  accepts: ({ attributes }: Request) => isDepthwise(attributes),
  constants: (request: Request) => depthwiseConstants(request.attributes, filtersOfWeights(request)),
  params: plainParams,
};

export const conv2dKernels: readonly Kernel<Conv2dAttributes>[] = [
  defineKernel<"conv2d/depthwise", Conv2dAttributes>({
    file: "conv2d/depthwise",
    ...bindings,
    ...depthwise,
    workgroups: (request) => {
      const { batch, out_height, out_width, filters } = plainParams(request);
      return ceilDivide(batch * out_height * ceilDivide(out_width, 4) * (filters / 4), 64);
    },
  }),
  forwardVectors(2),
  forwardVectors(1),
  defineKernel<"conv2d/few_channels", Conv2dAttributes>({
    file: "conv2d/few_channels",
    ...bindings,
    params: plainParams,
    accepts: (request) => oneGroup(request) && threeAcross(request) && filtersOfWeights(request) % 4 === 0,
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
  defineKernel<"conv2d/register", Conv2dAttributes>({
    file: "conv2d/register",
    ...bindings,
    ...forwardTile(2),
    params: plainParams,
    accepts: oneGroup,
  }),
  defineKernel<"conv2d/direct", Conv2dAttributes>({
    file: "conv2d/direct",
    ...bindings,
    params: groupedParams,
    workgroups: (request) => {
      const { results, groups, groupFilters } = sizes(request);
      return quads(results, groups, groupFilters);
    },
  }),
];

/** Pixels with the same remainder by the strides, so many for each remainder. */
function pixelsOfPhase({ attributes: { inputShape, stride } }: Request): number {
  const [batch = 1, height = 1, width = 1] = inputShape;
  return batch * ceilDivide(height, stride[0]) * ceilDivide(width, stride[1]);
}

const inputGradientVectors = (vectors: 1 | 2): Kernel<ConvolutionAttributes> =>
  defineKernel<"conv2dInputGradient/register_vec4", ConvolutionAttributes>({
    file: "conv2dInputGradient/register_vec4",
    ...tiled(
      vectors,
      ({ channels }) => channels,
      (_, request) => {
        const [down, across] = request.attributes.stride;
        return down * across * ceilDivide(pixelsOfPhase(request), 8);
      },
    ),
    accepts: (request) => fitsGroups(request, vectors, ({ groupChannels }) => groupChannels),
    params: groupedParams,
  });

export const inputGradientKernels: readonly Kernel<ConvolutionAttributes>[] = [
  defineKernel<"conv2dInputGradient/depthwise", ConvolutionAttributes>({
    file: "conv2dInputGradient/depthwise",
    ...depthwise,
    workgroups: ({ attributes: { inputShape, stride } }) => {
      const [batch = 1, height = 1, width = 1, channels = 1] = inputShape;
      const runs = stride[1] * ceilDivide(ceilDivide(width, stride[1]), 4);
      return ceilDivide(batch * height * runs * (channels / 4), 64);
    },
  }),
  inputGradientVectors(2),
  inputGradientVectors(1),
  defineKernel<"conv2dInputGradient/direct", ConvolutionAttributes>({
    file: "conv2dInputGradient/direct",
    params: groupedParams,
    workgroups: (request) => {
      const { pixels, groups, groupChannels } = sizes(request);
      return quads(pixels, groups, groupChannels);
    },
  }),
];

export const filterGradientKernels: readonly Kernel<ConvolutionAttributes>[] = [
  defineKernel<"conv2dFilterGradient/direct", ConvolutionAttributes>({
    file: "conv2dFilterGradient/direct",
    params: groupedParamsWith(filtersOfResult),
    workgroups: (request) => {
      const { taps, groups, groupChannels, groupFilters } = sizesOf(
        filtersOfResult(request),
        request.attributes,
      );
      return quads(taps * groupChannels, groups, groupFilters);
    },
  }),
];
