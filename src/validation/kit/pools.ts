import { inputTensor } from "../../graph/leaves.ts";
import type { Tensor } from "../../graph/tensor.ts";
import { apply, record } from "../../graph/tensor.ts";
import type { Shape } from "../../kernels/types.ts";
import { averagePool2d, averagePool2dOp } from "../../ops/averagePool2d.ts";
import type { Pair, WindowOptions } from "../../ops/convolution.ts";
import { maxPool2dOp, maxPool2dWithIndices } from "../../ops/maxPool2d.ts";
import type { PoolAttributes, PoolOptions } from "../../ops/pooling.ts";
import { adaptiveAttributes, poolAttributes, pooledShape } from "../../ops/pooling.ts";
import type { Draw } from "../case.ts";
import { anyAxis } from "./windows.ts";

/** A pooling of an image, with what the op's functions make of it. */
export interface Pooling {
  readonly name: string;
  readonly image: Shape;
  readonly attributes: PoolAttributes;
  readonly pooled: Shape;
  /** The maxima and their places. */
  max(x: Tensor): readonly Tensor[];
  average(x: Tensor, countIncludePad: boolean): Tensor;
}

function pooling(name: string, image: Shape, options: PoolOptions): Pooling {
  const attributes = poolAttributes("pooling", imageOf(image), options);
  return {
    name,
    image,
    attributes,
    pooled: pooledShape("pooling", attributes),
    max: (x) => maxPool2dWithIndices(x, options),
    average: (x, countIncludePad) => averagePool2d(x, { ...options, countIncludePad }),
  };
}

function adaptive(name: string, image: Shape, outputSize: number | Pair): Pooling {
  const attributes = adaptiveAttributes("pooling", imageOf(image), outputSize);
  return {
    name,
    image,
    attributes,
    pooled: pooledShape("pooling", attributes),
    max: (x) => record(maxPool2dOp, [x], attributes),
    average: (x, countIncludePad) => apply(averagePool2dOp, [x], { ...attributes, countIncludePad }),
  };
}

const imageOf = (shape: Shape) => inputTensor("image", { shape, dtype: "f32" });

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
  pooling("a last window past the end", [2, 6, 8, 4], { size: 3, stride: 2, ceilMode: true }),
  pooling("a last window past the padding, 3 channels", [1, 8, 5, 3], {
    size: [4, 3],
    stride: 3,
    padding: 1,
    ceilMode: true,
  }),
  pooling("no window begins in the padding behind", [1, 4, 7, 4], {
    size: 2,
    stride: [3, 4],
    padding: 1,
    ceilMode: true,
  }),
  pooling("an image below the window", [1, 2, 3, 1], { size: 3, ceilMode: true }),
  adaptive("bins", [2, 7, 10, 4], [3, 4]),
  adaptive("bins, 3 channels", [1, 5, 6, 3], [3, 6]),
  adaptive("more bins than places", [1, 2, 3, 4], [5, 7]),
  pooling("many workgroups", [2, 24, 26, 12], { size: 2 }),
];

/** A pooling of any geometry, or into any number of bins. */
export function anyPooling(draw: Draw): Pooling {
  const [batch, channels] = [draw.integer(1, 3), draw.integer(1, 9)];
  if (draw.pick(["windows", "bins"]) === "bins") {
    const image = [batch, draw.integer(1, 11), draw.integer(1, 11), channels];
    return adaptive("any bins", image, [draw.integer(1, 6), draw.integer(1, 6)]);
  }
  const [rows, columns] = [anyAxis(draw), anyAxis(draw)];
  const [top, left, bottom, right] = [rows.before, columns.before, rows.after, columns.after];
  return pooling("any windows", [batch, rows.size, columns.size, channels], {
    size: [rows.kernel, columns.kernel],
    stride: [rows.stride, columns.stride],
    dilation: [rows.dilation, columns.dilation],
    padding: draw.pick<NonNullable<WindowOptions["padding"]>>([
      "valid",
      "same",
      { top, left, bottom, right },
    ]),
    ceilMode: draw.pick([false, true]),
  });
}
