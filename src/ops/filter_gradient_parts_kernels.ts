import "../kernels/generated/conv2dFilterGradientParts.ts";
import type { AdapterTraits } from "../device/traits.ts";
import type { Kernel, KernelRequest } from "../kernels/kernel.ts";
import { defineKernel } from "../kernels/kernel.ts";
import { ceilDivide } from "../kernels/types.ts";
import { sizeAt } from "./checks.ts";
import type { ConvolutionAttributes } from "./convolution.ts";
import { windowParams } from "./convolution.ts";
import { isDepthwise, slidesAcross } from "./convolution_sizes.ts";

/** A filter gradient in parts, each over so many lines of windows. */
export interface FilterGradientPartsAttributes extends ConvolutionAttributes {
  readonly lines: number;
}

type Request = KernelRequest<FilterGradientPartsAttributes>;

function sizesOf({ outputs, attributes }: Request) {
  const shape = outputs[0]?.shape ?? [];
  const { groups = 1 } = attributes;
  const groupChannels = sizeAt(shape, 3);
  const filters = sizeAt(shape, 4);
  const taps = sizeAt(shape, 1) * sizeAt(shape, 2);
  return {
    parts: sizeAt(shape, 0),
    taps,
    groups,
    groupChannels,
    groupFilters: filters / groups,
    /** Of one filter. */
    weights: taps * groupChannels,
    filters,
  };
}

const params = (request: Request) => ({
  ...windowParams("conv2dFilterGradientParts", request.attributes),
  filters: sizesOf(request).filters,
  lines: request.attributes.lines,
});

const groupedParams = (request: Request) => {
  const { groupChannels, groupFilters } = sizesOf(request);
  return { ...params(request), group_channels: groupChannels, group_filters: groupFilters };
};

/** 32 invocations a workgroup, laid out so that few filters leave none of them idle. */
function tileOf(filters: number, vectors: number) {
  const across = [1, 2, 4].find((count) => count * 4 * vectors >= filters) ?? 8;
  return { WX: across, WY: 32 / across };
}

function registers(channels: 4 | 8, vectors: 1 | 2 | 4): Kernel<FilterGradientPartsAttributes> {
  return defineKernel<"conv2dFilterGradientParts/register_vec4", FilterGradientPartsAttributes>({
    file: "conv2dFilterGradientParts/register_vec4",
    variant: { TM: channels, TN4: vectors },
    constants: (request) => tileOf(sizesOf(request).filters, vectors),
    accepts: (request) => {
      const { groups, groupChannels, groupFilters } = sizesOf(request);
      // An invocation's filters are of one group.
      return groupChannels % channels === 0 && groupFilters % (groups === 1 ? 4 : 4 * vectors) === 0;
    },
    params: groupedParams,
    workgroups: (request) => {
      const { parts, weights, filters } = sizesOf(request);
      const { WX, WY } = tileOf(filters, vectors);
      return parts * ceilDivide(weights, WY * channels) * ceilDivide(filters, WX * vectors * 4);
    },
  });
}

/** Whether each kernel row is a triple whose next window shares two numbers with it. */
const slides = ({ attributes }: Request): boolean =>
  slidesAcross(attributes) && sizeAt(attributes.inputShape, 3) === 1;

const mostTriples = 3;
const triplesOf = (count: number) => Math.min(mostTriples, ceilDivide(count, 3));

function fewChannels(
  vectors: 1 | 2 | 4,
  suits: (request: Request, traits: AdapterTraits) => boolean,
): Kernel<FilterGradientPartsAttributes> {
  const triples = (request: Request) => triplesOf(sizesOf(request).weights);
  return defineKernel<"conv2dFilterGradientParts/few_channels", FilterGradientPartsAttributes>({
    file: "conv2dFilterGradientParts/few_channels",
    variant: { TN4: vectors },
    constants: (request) => ({ TRIPLES: triples(request), SLIDE: Number(slides(request)) }),
    accepts: (request) => sizesOf(request).groups === 1 && sizesOf(request).filters % 4 === 0,
    suits,
    params,
    workgroups: (request) => {
      const { parts, weights, filters } = sizesOf(request);
      const tiles = ceilDivide(weights, 3 * triples(request)) * ceilDivide(filters, 4 * vectors);
      return ceilDivide(parts * tiles, 64);
    },
  });
}

export const filterGradientPartsKernels: readonly Kernel<FilterGradientPartsAttributes>[] = [
  defineKernel<"conv2dFilterGradientParts/depthwise", FilterGradientPartsAttributes>({
    file: "conv2dFilterGradientParts/depthwise",
    constants: (request) => ({
      TRIPLES: triplesOf(sizesOf(request).taps),
      SPREAD: Number(sizesOf(request).filters > sizesOf(request).groups),
      SLIDE: Number(slidesAcross(request.attributes)),
    }),
    accepts: ({ attributes }) => isDepthwise(attributes),
    params,
    workgroups: (request) => {
      const { parts, taps, filters } = sizesOf(request);
      return ceilDivide(parts * ceilDivide(taps, 3 * triplesOf(taps)) * (filters / 4), 64);
    },
  }),
  registers(8, 2),
  registers(8, 4),
  registers(4, 2),
  fewChannels(4, (request, traits) => traits.software && sizesOf(request).filters % 16 === 0),
  fewChannels(2, (_, traits) => traits.software),
  fewChannels(1, () => true),
  defineKernel<"conv2dFilterGradientParts/direct", FilterGradientPartsAttributes>({
    file: "conv2dFilterGradientParts/direct",
    params: groupedParams,
    workgroups: (request) => {
      const { parts, weights, groups, groupFilters } = sizesOf(request);
      return ceilDivide(parts * weights * groups * ceilDivide(groupFilters, 4), 64);
    },
  }),
];
