import type { Shape } from "../../kernels/types.ts";
import type { WindowAttributes } from "../../ops/convolution.ts";
import { resolveGeometry } from "../../ops/convolution.ts";
import type { PoolOptions } from "../../ops/pooling.ts";
import { pooledShape } from "../../ops/pooling.ts";

/** A pooling of an image, with what the op's functions make of it. */
export interface Pooling {
  readonly name: string;
  readonly image: Shape;
  readonly options: PoolOptions;
  readonly attributes: WindowAttributes;
  readonly pooled: Shape;
}

function pooling(name: string, image: Shape, options: PoolOptions): Pooling {
  const { size } = options;
  const kernel = typeof size === "number" ? ([size, size] as const) : size;
  const geometry = resolveGeometry("pooling", image, kernel, { stride: size, ...options });
  const attributes = { ...geometry, inputShape: image };
  return { name, image, options, attributes, pooled: pooledShape("pooling", attributes) };
}

/** Windows that tile, overlap, leave gaps, reach past every side, with channels that fill vectors and that do not. */
export const poolings: readonly Pooling[] = [
  pooling("one pixel", [1, 1, 1, 1], { size: 1 }),
  pooling("tiles", [2, 4, 6, 4], { size: 2 }),
  pooling("tiles, 3 channels", [2, 4, 6, 3], { size: 2 }),
  pooling("tiles, a row and a column left over", [1, 5, 7, 8], { size: 2 }),
  pooling("tiles, same", [1, 5, 7, 4], { size: 2, padding: "same" }),
  pooling("tiles, padded before", [2, 5, 4, 4], { size: [3, 2], padding: [1, 1] }),
  pooling("the whole image", [3, 6, 5, 4], { size: [6, 5] }),
  pooling("the whole image, 5 channels", [3, 6, 5, 5], { size: [6, 5] }),
  pooling("overlap", [1, 7, 6, 4], { size: 3, stride: 2 }),
  pooling("overlap, same, 3 channels", [2, 7, 6, 3], { size: 3, stride: 2, padding: "same" }),
  pooling("stride 1, same", [1, 5, 5, 8], { size: 3, stride: 1, padding: "same" }),
  pooling("stride above the window", [1, 9, 10, 4], { size: 2, stride: [3, 4] }),
  pooling("stride above the window, 1 channel", [1, 9, 10, 1], { size: 2, stride: [3, 4] }),
  pooling("dilated", [1, 9, 8, 4], { size: 3, stride: 1, dilation: [2, 3] }),
  pooling("dilated, padded, stride 2", [1, 8, 9, 2], {
    size: [3, 2],
    stride: 2,
    padding: [2, 1],
    dilation: 2,
  }),
  pooling("uneven padding", [2, 5, 6, 4], {
    size: [3, 4],
    stride: [2, 1],
    padding: { top: 2, left: 0, bottom: 1, right: 3 },
  }),
  pooling("many workgroups", [2, 24, 26, 12], { size: 2 }),
];
