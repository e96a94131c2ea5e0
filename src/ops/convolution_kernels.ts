import "../kernels/generated/conv2d.ts";
import "../kernels/generated/conv2dFilterGradient.ts";
import "../kernels/generated/conv2dInputGradient.ts";
import type { Kernel, KernelRequest } from "../kernels/kernel.ts";
import { defineKernel } from "../kernels/kernel.ts";
import { ceilDivide } from "../kernels/types.ts";
import { sizeAt } from "./checks.ts";
import type { ConvolutionAttributes } from "./convolution.ts";
import { windowParams } from "./convolution.ts";
import type { Conv2dAttributes, Sizes } from "./convolution_sizes.ts";
import {
  filtersOfResult,
  filtersOfWeights,
  groupedParamsWith,
  isDepthwise,
  paramsWith,
  sizesOf,
  slidesAcross,
  tapSteps,
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

/** Neighbouring pixels an invocation: many where an invocation is dear, few where there are many to keep busy. */
const runs = { gpu: 8, software: 32 } as const;

/** Windows of 3 × 3 that slide by a pixel, each channel by itself. */
const slidesDepthwise = (attributes: ConvolutionAttributes) =>
  isDepthwise(attributes) && attributes.kernel[0] === 3 && slidesAcross(attributes);

/** 1 where a channel has several filters. */
const spread = (request: Request) => ({
  SPREAD: Number(filtersOfWeights(request) > sizes(request).channels),
});

const forwardSlide = (run: number): Kernel<Conv2dAttributes> =>
  defineKernel<"conv2d/depthwise_slide", Conv2dAttributes>({
    file: "conv2d/depthwise_slide",
    variant: { RUN: run },
    ...bindings,
    constants: spread,
    params: plainParams,
    accepts: ({ attributes }) => slidesDepthwise(attributes),
    suits: (_, traits) => traits.software === (run !== runs.gpu),
    workgroups: (request) => {
      const { batch, out_height, out_width, filters } = plainParams(request);
      return ceilDivide(batch * out_height * ceilDivide(out_width, run) * (filters / 4), 64);
    },
  });

export const conv2dKernels: readonly Kernel<Conv2dAttributes>[] = [
  forwardSlide(runs.software),
  forwardSlide(runs.gpu),
  defineKernel<"conv2d/depthwise", Conv2dAttributes>({
    file: "conv2d/depthwise",
    ...bindings,
    constants: spread,
    params: plainParams,
    accepts: ({ attributes }) => isDepthwise(attributes),
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
    accepts: (request) =>
      oneGroup(request) && slidesAcross(request.attributes) && filtersOfWeights(request) % 4 === 0,
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
    params: (request) => ({ ...groupedParams(request), ...tapSteps(request.attributes) }),
  });

const inputGradientSlide = (run: number): Kernel<ConvolutionAttributes> =>
  defineKernel<"conv2dInputGradient/depthwise_slide", ConvolutionAttributes>({
    file: "conv2dInputGradient/depthwise_slide",
    variant: { RUN: run },
    params: plainParams,
    accepts: (request) => {
      const { attributes } = request;
      const oneEach = filtersOfWeights(request) === sizes(request).channels;
      return slidesDepthwise(attributes) && oneEach && attributes.stride[0] === 1;
    },
    suits: (_, traits) => traits.software === (run !== runs.gpu),
    workgroups: ({ attributes: { inputShape } }) => {
      const [batch = 1, height = 1, width = 1, channels = 1] = inputShape;
      return ceilDivide(batch * height * ceilDivide(width, run) * (channels / 4), 64);
    },
  });

export const inputGradientKernels: readonly Kernel<ConvolutionAttributes>[] = [
  inputGradientSlide(runs.software),
  inputGradientSlide(runs.gpu),
  defineKernel<"conv2dInputGradient/depthwise", ConvolutionAttributes>({
    file: "conv2dInputGradient/depthwise",
    constants: spread,
    params: (request) => ({ ...plainParams(request), ...tapSteps(request.attributes) }),
    accepts: ({ attributes }) => isDepthwise(attributes),
    workgroups: ({ attributes: { inputShape, stride } }) => {
      const [batch = 1, height = 1, width = 1, channels = 1] = inputShape;
      const across = stride[1] * ceilDivide(ceilDivide(width, stride[1]), 4);
      return ceilDivide(batch * height * across * (channels / 4), 64);
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
