import { conv2d as conv2dOf } from "../ops/conv2d.ts";
import type { Conv2dTransposeOptions as TransposeOptions } from "../ops/conv2dTranspose.ts";
import { conv2dTranspose as conv2dTransposeOf } from "../ops/conv2dTranspose.ts";
import type { ConvolutionOptions, WindowOptions } from "../ops/convolution.ts";
import { pair } from "../ops/convolution.ts";
import { depthwiseConv2d as depthwiseConv2dOf } from "../ops/depthwiseConv2d.ts";
import type { FilterOptions } from "./convolution_layer.ts";
import { ConvolutionLayer, convolutionFans, expectPositive, transposedFans } from "./convolution_layer.ts";
import type { Module } from "./module.ts";

/** Height and width of a filter; one number for both. */
type Kernel = number | readonly [height: number, width: number];

export interface Conv2dOptions extends ConvolutionOptions, FilterOptions {
  /** Output channels. */
  readonly filters: number;
  /** Height and width of a filter; one number for both. */
  readonly kernel: Kernel;
}

export interface DepthwiseConv2dOptions extends WindowOptions, FilterOptions {
  /** Height and width of a filter; one number for both. */
  readonly kernel: Kernel;
  /** Filters for each channel; 1 by default. */
  readonly multiplier?: number;
}

export interface Conv2dTransposeOptions extends TransposeOptions, FilterOptions {
  /** Output channels. */
  readonly filters: number;
  /** Height and width of a filter; one number for both. */
  readonly kernel: Kernel;
}

const images = { what: "images", axes: ["height", "width", "channels"] } as const;

/**
 * Convolution: [batch, height, width, channels] → [batch, …, …, filters]; weights [height, width, channels / groups,
 * filters]. With groups, each group of channels is convolved with its own share of the filters. Where x is f16 so is the
 * result, and the parameters, which stay f32, are cast; so it is with all layers here.
 * @param options stride 1, padding `valid`, dilation 1, groups 1 and a bias by default
 * @throws UsageError where a size is no positive integer; ShapeError when built for images that do not fit
 */
export function conv2d(options: Conv2dOptions): Module {
  const { filters, kernel, groups = 1 } = options;
  expectPositive("conv2d", { filters: [filters], kernel: pair(kernel), groups: [groups] });
  return new ConvolutionLayer(
    {
      name: "conv2d",
      input: images,
      weightsShape: (channels) => [...pair(kernel), channels / groups, filters],
      fans: (weights) => convolutionFans(weights, groups),
      apply: (x, weights) => conv2dOf(x, weights, options),
    },
    options,
  );
}

/**
 * Convolution of each channel by itself: [batch, height, width, channels] → [batch, …, …, channels · multiplier]; weights
 * [height, width, channels, multiplier].
 * @param options multiplier 1, stride 1, padding `valid`, dilation 1 and a bias by default
 * @throws UsageError where a size is no positive integer; ShapeError when built for images that do not fit
 */
export function depthwiseConv2d(options: DepthwiseConv2dOptions): Module {
  const { kernel, multiplier = 1 } = options;
  const [height, width] = pair(kernel);
  expectPositive("depthwiseConv2d", { kernel: [height, width], multiplier: [multiplier] });
  return new ConvolutionLayer(
    {
      name: "depthwiseConv2d",
      input: images,
      weightsShape: (channels) => [height, width, channels, multiplier],
      fans: () => ({ fanIn: height * width, fanOut: height * width * multiplier }),
      apply: (x, weights) => depthwiseConv2dOf(x, weights, options),
    },
    options,
  );
}

/**
 * Transposed convolution, which makes images larger: [batch, height, width, channels] → [batch, …, …, filters]; weights
 * [height, width, filters / groups, channels]. The result's size is as `ops.conv2dTranspose` says.
 * @param options stride 1, padding `valid`, dilation 1, groups 1 and a bias by default
 * @throws UsageError where a size is no positive integer; ShapeError when built for images that do not fit
 */
export function conv2dTranspose(options: Conv2dTransposeOptions): Module {
  const { filters, kernel, stride = 1, groups = 1 } = options;
  expectPositive("conv2dTranspose", { filters: [filters], kernel: pair(kernel), groups: [groups] });
  return new ConvolutionLayer(
    {
      name: "conv2dTranspose",
      input: images,
      weightsShape: (channels) => [...pair(kernel), filters / groups, channels],
      fans: (weights) => transposedFans(weights, pair(stride), groups),
      apply: (x, weights) => conv2dTransposeOf(x, weights, options),
    },
    options,
  );
}
