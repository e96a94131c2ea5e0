import type { EpilogueAttributes } from "../graph/op.ts";
import type { Cost, KernelRequest } from "../kernels/kernel.ts";
import { elementCount, trafficBytes } from "../kernels/types.ts";
import { sizeAt } from "./checks.ts";
import type { ConvolutionAttributes, WindowAttributes } from "./convolution.ts";
import { windowCounts, windowParams } from "./convolution.ts";

export type Conv2dAttributes = ConvolutionAttributes & EpilogueAttributes;

/** Sizes of the three convolutions: pixels of the image and of the result, channels of both. */
export interface Sizes {
  readonly pixels: number;
  readonly channels: number;
  readonly results: number;
  readonly filters: number;
  readonly taps: number;
  readonly groups: number;
  /** Of one group. */
  readonly groupChannels: number;
  readonly groupFilters: number;
}

export function sizesOf(filters: number, attributes: ConvolutionAttributes): Sizes {
  const { inputShape, kernel, groups = 1 } = attributes;
  const [rows, columns] = windowCounts("conv2d", inputShape, attributes);
  const channels = sizeAt(inputShape, 3);
  return {
    pixels: elementCount(inputShape.slice(0, 3)),
    channels,
    results: sizeAt(inputShape, 0) * rows * columns,
    filters,
    taps: kernel[0] * kernel[1],
    groups,
    groupChannels: channels / groups,
    groupFilters: filters / groups,
  };
}

/** Where an op's types say how many filters there are. */
export type FiltersOf = (request: KernelRequest<ConvolutionAttributes>) => number;

export const filtersOfWeights: FiltersOf = ({ inputs }) => sizeAt(inputs[1]?.shape ?? [], 3);
export const filtersOfResult: FiltersOf = ({ outputs }) => sizeAt(outputs[0]?.shape ?? [], 3);

/** The parameters of kernels that know nothing of groups, or all of whose channels are groups. */
export const paramsWith = (filtersOf: FiltersOf) => (request: KernelRequest<ConvolutionAttributes>) => ({
  ...windowParams("conv2d", request.attributes),
  filters: filtersOf(request),
});

/** The parameters of kernels that take any number of groups. */
export const groupedParamsWith =
  (filtersOf: FiltersOf) => (request: KernelRequest<ConvolutionAttributes>) => {
    const { groupChannels, groupFilters } = sizesOf(filtersOf(request), request.attributes);
    const groups = { group_channels: groupChannels, group_filters: groupFilters };
    return { ...paramsWith(filtersOf)(request), ...groups };
  };

/** A product and a sum for each tap inside or outside the image, filter, and channel of its group. */
export const convolutionCost =
  (which: "weights" | "result") =>
  (request: KernelRequest<Conv2dAttributes>): Cost => {
    const filters = which === "weights" ? filtersOfWeights(request) : filtersOfResult(request);
    const { results, taps, groupChannels } = sizesOf(filters, request.attributes);
    return {
      flops: 2 * results * filters * taps * groupChannels,
      bytes: trafficBytes(...request.inputs, ...request.outputs),
    };
  };

/** Whether each channel is a group by itself, and channels move as whole vectors. */
export const isDepthwise = ({ inputShape, groups = 1 }: ConvolutionAttributes): boolean =>
  groups === sizeAt(inputShape, 3) && groups % 4 === 0;

/** Whether the windows of a line are three wide and share two columns with their neighbours. */
export const slidesAcross = ({ kernel, stride, dilation }: WindowAttributes): boolean =>
  kernel[1] === 3 && stride[1] === 1 && dilation[1] === 1;

/** Taps that lead from a pixel to windows lie so far apart: as far as the stride has them meet. */
export function tapSteps({ stride, dilation }: WindowAttributes) {
  const along = (axis: 0 | 1) => stride[axis] / greatestDivisor(stride[axis], dilation[axis]);
  return { tap_step_y: along(0), tap_step_x: along(1) };
}

const greatestDivisor = (a: number, b: number): number => (b === 0 ? a : greatestDivisor(b, a % b));
