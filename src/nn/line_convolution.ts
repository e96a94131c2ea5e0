import type { Conv1dOptions as LineOptions } from "../ops/conv1d.ts";
import { conv1d as conv1dOf } from "../ops/conv1d.ts";
import type { Conv1dTransposeOptions as TransposeOptions } from "../ops/conv1dTranspose.ts";
import { conv1dTranspose as conv1dTransposeOf } from "../ops/conv1dTranspose.ts";
import type { FilterOptions } from "./convolution_layer.ts";
import { ConvolutionLayer, convolutionFans, expectPositive, transposedFans } from "./convolution_layer.ts";
import type { Module } from "./module.ts";

export interface Conv1dOptions extends LineOptions, FilterOptions {
  /** Output channels. */
  readonly filters: number;
  /** Width of a filter. */
  readonly kernel: number;
}

export interface Conv1dTransposeOptions extends TransposeOptions, FilterOptions {
  /** Output channels. */
  readonly filters: number;
  /** Width of a filter. */
  readonly kernel: number;
}

const lines = { what: "lines", axes: ["length", "channels"] } as const;

/**
 * Convolution along one axis, such as time: [batch, length, channels] → [batch, …, filters]; weights [width, channels /
 * groups, filters].
 * @param options stride 1, padding `valid`, dilation 1, groups 1 and a bias by default
 * @throws UsageError where a size is no positive integer; ShapeError when built for lines that do not fit
 */
export function conv1d(options: Conv1dOptions): Module {
  const { filters, kernel, groups = 1 } = options;
  expectPositive("conv1d", { filters: [filters], kernel: [kernel], groups: [groups] });
  return new ConvolutionLayer(
    {
      name: "conv1d",
      input: lines,
      weightsShape: (channels) => [kernel, channels / groups, filters],
      fans: (weights) => convolutionFans(weights, groups),
      apply: (x, weights) => conv1dOf(x, weights, options),
    },
    options,
  );
}

/**
 * Transposed convolution along one axis: [batch, length, channels] → [batch, …, filters]; weights [width, filters / groups,
 * channels]. The result's length is as `ops.conv1dTranspose` says.
 * @param options stride 1, padding `valid`, dilation 1, groups 1 and a bias by default
 * @throws UsageError where a size is no positive integer; ShapeError when built for lines that do not fit
 */
export function conv1dTranspose(options: Conv1dTransposeOptions): Module {
  const { filters, kernel, stride = 1, groups = 1 } = options;
  expectPositive("conv1dTranspose", { filters: [filters], kernel: [kernel], groups: [groups] });
  return new ConvolutionLayer(
    {
      name: "conv1dTranspose",
      input: lines,
      weightsShape: (channels) => [kernel, filters / groups, channels],
      fans: (weights) => transposedFans(weights, [stride], groups),
      apply: (x, weights) => conv1dTransposeOf(x, weights, options),
    },
    options,
  );
}
