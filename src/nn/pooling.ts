import { averagePool2d as averagePoolOf } from "../ops/averagePool2d.ts";
import { maxPool2d as maxPoolOf } from "../ops/maxPool2d.ts";
import type { PoolOptions } from "../ops/pooling.ts";
import type { Module } from "./module.ts";
import { statelessModule } from "./module.ts";

/**
 * The largest value of each window of [batch, height, width, channels].
 * @param options the window's size, or all settings; without a stride, windows stand side by side
 */
export const maxPool2d = (options: number | PoolOptions): Module =>
  statelessModule("maxPool2d", (x) => maxPoolOf(x, poolOptions(options)));

/** The mean of each window of [batch, height, width, channels]; settings as of `maxPool2d`. */
export const averagePool2d = (options: number | PoolOptions): Module =>
  statelessModule("averagePool2d", (x) => averagePoolOf(x, poolOptions(options)));

const poolOptions = (options: number | PoolOptions): PoolOptions =>
  typeof options === "number" ? { size: options } : options;
