import {
  adaptiveAveragePool2d as adaptiveAverageOf,
  adaptiveMaxPool2d as adaptiveMaxOf,
} from "../ops/adaptive_pooling.ts";
import type { AveragePoolOptions } from "../ops/averagePool2d.ts";
import { averagePool2d as averagePoolOf } from "../ops/averagePool2d.ts";
import type { Pair } from "../ops/convolution.ts";
import type { GlobalPoolOptions } from "../ops/global_pooling.ts";
import {
  globalAveragePool1d as globalAverage1dOf,
  globalAveragePool2d as globalAverage2dOf,
  globalMaxPool1d as globalMax1dOf,
  globalMaxPool2d as globalMax2dOf,
} from "../ops/global_pooling.ts";
import { maxPool2d as maxPoolOf } from "../ops/maxPool2d.ts";
import type { PoolOptions } from "../ops/pooling.ts";
import type { AveragePool1dOptions, Pool1dOptions } from "../ops/pooling_1d.ts";
import {
  adaptiveAveragePool1d as adaptiveAverage1dOf,
  adaptiveMaxPool1d as adaptiveMax1dOf,
  averagePool1d as averagePool1dOf,
  maxPool1d as maxPool1dOf,
} from "../ops/pooling_1d.ts";
import type { Module } from "./module.ts";
import { statelessModule } from "./module.ts";

/**
 * The largest value of each window of [batch, height, width, channels].
 * @param options the window's size, or all settings; without a stride, windows stand side by side
 */
export const maxPool2d = (options: number | PoolOptions): Module =>
  statelessModule("maxPool2d", (x) => maxPoolOf(x, sized(options)));

/** The mean of each window of [batch, height, width, channels]; settings as of `maxPool2d`, and what padding counts. */
export const averagePool2d = (options: number | AveragePoolOptions): Module =>
  statelessModule("averagePool2d", (x) => averagePoolOf(x, sized(options)));

/** The largest value of each window of [batch, length, channels]; settings as of `maxPool2d`. */
export const maxPool1d = (options: number | Pool1dOptions): Module =>
  statelessModule("maxPool1d", (x) => maxPool1dOf(x, sized(options)));

/** The mean of each window of [batch, length, channels]; settings as of `averagePool2d`. */
export const averagePool1d = (options: number | AveragePool1dOptions): Module =>
  statelessModule("averagePool1d", (x) => averagePool1dOf(x, sized(options)));

/** The mean of each of so many bins of [batch, height, width, channels], whatever the image's size. */
export const adaptiveAveragePool2d = (outputSize: number | Pair): Module =>
  statelessModule("adaptiveAveragePool2d", (x) => adaptiveAverageOf(x, outputSize));

/** The largest value of each of so many bins of [batch, height, width, channels]. */
export const adaptiveMaxPool2d = (outputSize: number | Pair): Module =>
  statelessModule("adaptiveMaxPool2d", (x) => adaptiveMaxOf(x, outputSize));

/** The mean of each of so many bins of [batch, length, channels]. */
export const adaptiveAveragePool1d = (outputSize: number): Module =>
  statelessModule("adaptiveAveragePool1d", (x) => adaptiveAverage1dOf(x, outputSize));

/** The largest value of each of so many bins of [batch, length, channels]. */
export const adaptiveMaxPool1d = (outputSize: number): Module =>
  statelessModule("adaptiveMaxPool1d", (x) => adaptiveMax1dOf(x, outputSize));

/** The mean of each channel: [batch, height, width, channels] → [batch, channels]. */
export const globalAveragePool2d = (options: GlobalPoolOptions = {}): Module =>
  statelessModule("globalAveragePool2d", (x) => globalAverage2dOf(x, options));

/** The largest value of each channel: [batch, height, width, channels] → [batch, channels]. */
export const globalMaxPool2d = (options: GlobalPoolOptions = {}): Module =>
  statelessModule("globalMaxPool2d", (x) => globalMax2dOf(x, options));

/** The mean of each channel: [batch, length, channels] → [batch, channels]. */
export const globalAveragePool1d = (options: GlobalPoolOptions = {}): Module =>
  statelessModule("globalAveragePool1d", (x) => globalAverage1dOf(x, options));

/** The largest value of each channel: [batch, length, channels] → [batch, channels]. */
export const globalMaxPool1d = (options: GlobalPoolOptions = {}): Module =>
  statelessModule("globalMaxPool1d", (x) => globalMax1dOf(x, options));

/** A number stands for windows of that size. */
const sized = <Options>(options: number | Options): Options | { readonly size: number } =>
  typeof options === "number" ? { size: options } : options;
