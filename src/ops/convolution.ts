import { UsageError } from "../device/errors.ts";
import type { Shape, TensorType } from "../kernels/types.ts";
import { formatShape, sameShape } from "../kernels/types.ts";
import { expectInput, shapeError, sizeAt } from "./checks.ts";

/** Two numbers, vertical then horizontal. */
export type Pair = readonly [y: number, x: number];

/** Rows and columns of zeros around an image. */
export interface Padding {
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
}

/** How windows lie over an image: what convolutions, im2col and pooling share. */
export interface ConvolutionGeometry {
  readonly kernel: Pair;
  readonly stride: Pair;
  readonly padding: Padding;
  /** Distance between a window's taps. */
  readonly dilation: Pair;
}

/** Windows over an image of known shape. Gradients read the shape here, so that they need not keep the image. */
export interface WindowAttributes extends ConvolutionGeometry {
  /** Batch, height, width, channels. */
  readonly inputShape: Shape;
}

/** Windows of a convolution. */
export interface ConvolutionAttributes extends WindowAttributes {
  /** Channels and filters fall into so many groups, each convolved by itself; one where absent. */
  readonly groups?: number | undefined;
}

/** What a user says of windows; a number stands for both directions. */
export interface WindowOptions {
  readonly stride?: number | Pair;
  /**
   * `valid`, the default: windows stay inside the image. `same`: as many windows as strides, the padding they need
   * split evenly and its odd row at the end, as in Keras. Else rows and columns on each side.
   */
  readonly padding?: "valid" | "same" | number | Pair | Padding;
  readonly dilation?: number | Pair;
}

/** What a user says of a convolution. */
export interface ConvolutionOptions extends WindowOptions {
  /** So many groups of channels, each convolved with its own share of the filters; 1 by default. */
  readonly groups?: number;
}

/** Fills the defaults in and resolves the padding. @throws UsageError where a number makes no sense */
export function resolveGeometry(
  op: string,
  image: Shape,
  kernel: Pair,
  { stride = 1, padding = "valid", dilation = 1 }: WindowOptions,
): ConvolutionGeometry {
  const strides = positive(op, "stride", pair(stride));
  const dilations = positive(op, "dilation", pair(dilation));
  positive(op, "kernel", kernel);
  const [vertical, horizontal] = ([0, 1] as const).map((axis) =>
    resolvePadding(padding, sizeAt(image, axis - 3), kernel[axis], strides[axis], dilations[axis], axis),
  ) as [Pair, Pair];
  const sides = { top: vertical[0], left: horizontal[0], bottom: vertical[1], right: horizontal[1] };
  if (Object.values(sides).some((side) => !Number.isInteger(side) || side < 0)) {
    throw usageError(op, "the padding is no whole number", Object.values(sides).join(", "), "0 or more");
  }
  return { kernel, stride: strides, padding: sides, dilation: dilations };
}

/** A number for both directions, or one for each. */
export const pair = (value: number | Pair): Pair => (typeof value === "number" ? [value, value] : value);

/** Padding before and after, along one axis. */
function resolvePadding(
  padding: NonNullable<WindowOptions["padding"]>,
  size: number,
  kernel: number,
  stride: number,
  dilation: number,
  axis: 0 | 1,
): Pair {
  if (padding === "valid") return [0, 0];
  if (padding === "same") {
    const needed = (Math.ceil(size / stride) - 1) * stride + span(kernel, dilation) - size;
    const before = Math.floor(Math.max(0, needed) / 2);
    return [before, Math.max(0, needed) - before];
  }
  if (typeof padding === "object" && "top" in padding) {
    return axis === 0 ? [padding.top, padding.bottom] : [padding.left, padding.right];
  }
  const side = pair(padding)[axis];
  return [side, side];
}

/** From a window's first tap to its last. */
const span = (kernel: number, dilation: number) => (kernel - 1) * dilation + 1;

/** Attributes of a convolution of an image of this shape. @throws UsageError where a number makes no sense */
export function convolutionAttributes(
  op: string,
  image: Shape,
  kernel: Pair,
  { groups = 1, ...windows }: ConvolutionOptions,
): ConvolutionAttributes {
  positive(op, "number of groups", [groups, groups]);
  const geometry = { ...resolveGeometry(op, image, kernel, windows), inputShape: image };
  return groups === 1 ? geometry : { ...geometry, groups };
}

function positive(op: string, what: string, values: Pair): Pair {
  if (values.every((value) => Number.isInteger(value) && value > 0)) return values;
  throw usageError(op, `the ${what} is no positive integer`, values.join(", "), "1 or more");
}

const usageError = (where: string, problem: string, got: string, expected: string) =>
  new UsageError({ where, problem, got, expected });

/** An image among an op's inputs, of a given shape where one is given. */
export function expectImage(
  op: string,
  inputs: readonly TensorType[],
  index: number,
  shape?: Shape,
  expect: (
    op: string,
    inputs: readonly TensorType[],
    index: number,
    rank: number,
  ) => TensorType = expectInput,
): TensorType {
  const image = expect(op, inputs, index, 4);
  if (shape && !sameShape(image.shape, shape)) {
    throw shapeError(op, inputs, `input ${index} does not fit the windows`, formatShape(shape));
  }
  return image;
}

/** How many windows lie over an image. @throws ShapeError where none fits */
export function windowCounts(
  op: string,
  image: Shape,
  { kernel, stride, padding, dilation }: ConvolutionGeometry,
): Pair {
  const height = sizeAt(image, 1) + padding.top + padding.bottom - span(kernel[0], dilation[0]);
  const width = sizeAt(image, 2) + padding.left + padding.right - span(kernel[1], dilation[1]);
  if (height < 0 || width < 0) {
    const windows = `a window of ${span(kernel[0], dilation[0])} × ${span(kernel[1], dilation[1])}`;
    throw shapeError(op, [{ shape: image, dtype: "f32" }], `${windows} does not fit`, "a larger image");
  }
  return [Math.floor(height / stride[0]) + 1, Math.floor(width / stride[1]) + 1];
}

/**
 * Makes sure that each window has a tap inside the image: one in the padding alone has neither maximum nor mean.
 * @throws ShapeError where one has none
 */
export function expectWindowsInside(op: string, attributes: WindowAttributes): void {
  const { inputShape, kernel, stride, padding, dilation } = attributes;
  const before = [padding.top, padding.left] as const;
  const counts = windowCounts(op, inputShape, attributes);
  for (const axis of [0, 1] as const) {
    for (let window = 0; window < counts[axis]; window++) {
      const start = window * stride[axis] - before[axis];
      const tap = Math.max(0, Math.ceil(-start / dilation[axis]));
      if (tap < kernel[axis] && start + tap * dilation[axis] < sizeAt(inputShape, 1 + axis)) continue;
      const image = { shape: inputShape, dtype: "f32" } as const;
      throw shapeError(op, [image], "a window lies in the padding alone", "less padding");
    }
  }
}

/** Whether no place is reached by two windows. */
export function windowsAreApart({ kernel, stride, dilation }: ConvolutionGeometry): boolean {
  return span(kernel[0], dilation[0]) <= stride[0] && span(kernel[1], dilation[1]) <= stride[1];
}

/** Whether some window reaches past the image. */
export function windowsArePadded(op: string, attributes: WindowAttributes): boolean {
  const { inputShape, kernel, stride, padding, dilation } = attributes;
  const [rows, columns] = windowCounts(op, inputShape, attributes);
  return (
    padding.top > 0 ||
    padding.left > 0 ||
    (rows - 1) * stride[0] + span(kernel[0], dilation[0]) > sizeAt(inputShape, 1) ||
    (columns - 1) * stride[1] + span(kernel[1], dilation[1]) > sizeAt(inputShape, 2)
  );
}

/** The parameters that every kernel with windows asks for. */
export function windowParams(op: string, attributes: WindowAttributes) {
  const { inputShape, kernel, stride, padding, dilation } = attributes;
  const [outHeight, outWidth] = windowCounts(op, inputShape, attributes);
  return {
    batch: sizeAt(inputShape, 0),
    height: sizeAt(inputShape, 1),
    width: sizeAt(inputShape, 2),
    channels: sizeAt(inputShape, 3),
    out_height: outHeight,
    out_width: outWidth,
    kernel_height: kernel[0],
    kernel_width: kernel[1],
    stride_y: stride[0],
    stride_x: stride[1],
    pad_top: padding.top,
    pad_left: padding.left,
    dilation_y: dilation[0],
    dilation_x: dilation[1],
  };
}
