import type { Pair } from "../ops/convolution.ts";
import { resizeBilinear } from "../ops/resizeBilinear.ts";
import { resizeNearest } from "../ops/resizeNearest.ts";
import type { Module } from "./module.ts";
import { statelessModule } from "./module.ts";

export interface Upsample2dOptions {
  /** The result's size by the image's, one number for both directions; 2 where no size is given either. */
  readonly scale?: number | Pair;
  /** Height and width of the result, in place of a scale. */
  readonly size?: number | Pair;
  /** `nearest` by default. */
  readonly method?: "nearest" | "bilinear";
  /** The first and the last places of both images coincide; false by default: pixels have their places at the centres. */
  readonly alignCorners?: boolean;
}

/**
 * A larger image, or a smaller one: [batch, height, width, channels] → [batch, …size, channels].
 * @param options the scale, or all settings
 */
export function upsample2d(options: number | Upsample2dOptions = {}): Module {
  const settings = typeof options === "number" ? { scale: options } : options;
  const {
    size,
    scale = size === undefined ? 2 : undefined,
    method = "nearest",
    alignCorners = false,
  } = settings;
  const resize = method === "nearest" ? resizeNearest : resizeBilinear;
  const target = { ...(size !== undefined && { size }), ...(scale !== undefined && { scale }) };
  return statelessModule("upsample2d", (x) => resize(x, { ...target, alignCorners }));
}
