import { UsageError } from "../device/errors.ts";
import type { Tensor } from "../graph/tensor.ts";
import type { KernelRequest } from "../kernels/kernel.ts";
import type { Shape, TensorType } from "../kernels/types.ts";
import { ceilDivide, elementCount } from "../kernels/types.ts";
import { sizeAt } from "./checks.ts";
import type { Pair, WindowAttributes, WindowOptions } from "./convolution.ts";
import {
  expectImage,
  expectWindowsInside,
  pair,
  resolveGeometry,
  windowCounts,
  windowParams,
} from "./convolution.ts";

/** What a user says of a pooling. */
export interface PoolOptions extends WindowOptions {
  /** Height and width of the window, or one number for both. */
  readonly size: number | Pair;
  /** The window's size by default, so that windows tile the image. */
  readonly stride?: number | Pair;
  /**
   * A last window may reach past the end, as long as it begins inside the image or the padding before it, as in
   * PyTorch; false by default.
   */
  readonly ceilMode?: boolean;
}

/** Windows as poolings know them. */
export interface PoolAttributes extends WindowAttributes {
  /**
   * Of adaptive pooling: the windows down and across, which are bins of any size and take the place of the geometry:
   * bin i of n over a size begins at ⌊i · size / n⌋ and ends before ⌈(i + 1) · size / n⌉.
   */
  readonly bins?: Pair;
  /** Rows and columns of the padding at the end that `ceilMode` added: they count as no taps. */
  readonly overhang?: Pair;
}

/** Fills the defaults in. @throws ShapeError, UsageError */
export function poolAttributes(
  op: string,
  x: Tensor,
  { size, ceilMode = false, ...options }: PoolOptions,
): PoolAttributes {
  const { shape } = expectImage(op, [x.type], 0);
  const geometry = resolveGeometry(op, shape, pair(size), { stride: size, ...options });
  const attributes = { ...geometry, inputShape: shape };
  return ceilMode ? withOverhang(attributes) : attributes;
}

function withOverhang(attributes: WindowAttributes): PoolAttributes {
  const { padding } = attributes;
  const overhang = [overhangAlong(attributes, 0), overhangAlong(attributes, 1)] as const;
  const bottom = padding.bottom + overhang[0];
  return { ...attributes, padding: { ...padding, bottom, right: padding.right + overhang[1] }, overhang };
}

/** How far the last window of `ceilMode` reaches past the padded image. */
function overhangAlong(attributes: WindowAttributes, axis: 0 | 1): number {
  const { inputShape, kernel, stride, padding, dilation } = attributes;
  const before = axis === 0 ? padding.top : padding.left;
  const after = axis === 0 ? padding.bottom : padding.right;
  const size = sizeAt(inputShape, 1 + axis);
  const room = before + size + after - (kernel[axis] - 1) * dilation[axis] - 1;
  const last = Math.ceil(room / stride[axis]) * stride[axis];
  return last >= 0 && last < before + size ? last - room : 0;
}

/**
 * The attributes of an adaptive pooling; windows of one size where they fit without overlap.
 * @throws ShapeError, UsageError
 */
export function adaptiveAttributes(op: string, x: Tensor, outputSize: number | Pair): PoolAttributes {
  const { shape } = expectImage(op, [x.type], 0);
  const bins = pair(outputSize);
  if (!bins.every((count) => Number.isInteger(count) && count > 0)) {
    const problem = "the output size is no positive integer";
    throw new UsageError({ where: op, problem, got: bins.join(", "), expected: "1 or more" });
  }
  const exact = ([0, 1] as const).map((axis) => sizeAt(shape, 1 + axis) / bins[axis]);
  const [height = 1, width = 1] = exact;
  const size = [Math.ceil(height), Math.ceil(width)] as const;
  const attributes = { ...resolveGeometry(op, shape, size, { stride: size }), inputShape: shape };
  return exact.every(Number.isInteger) ? attributes : { ...attributes, bins };
}

/** One result for each window and channel. @throws ShapeError where the image does not fit the windows */
export function pooledShape(op: string, attributes: PoolAttributes): Shape {
  const { inputShape, bins } = attributes;
  if (!bins) expectWindowsInside(op, attributes);
  return [
    sizeAt(inputShape, 0),
    ...(bins ?? windowCounts(op, inputShape, attributes)),
    sizeAt(inputShape, 3),
  ];
}

/** Makes sure of a gradient's input of the pooled shape, and gives the type of the image. */
export function unpooledType(
  op: string,
  inputs: readonly TensorType[],
  attributes: PoolAttributes,
): TensorType {
  expectImage(op, inputs, 0, pooledShape(op, attributes));
  return { shape: attributes.inputShape, dtype: "f32" };
}

/** The parameters of kernels over windows or bins; every bin begins at the image's first place. */
export function poolParams(op: string, attributes: PoolAttributes) {
  const params = windowParams(op, attributes);
  const { bins } = attributes;
  return bins ? { ...params, out_height: bins[0], out_width: bins[1], stride_y: 0, stride_x: 0 } : params;
}

/** Where rows and columns end that count as taps, from the first of the padding on. */
export function countedParams({ inputShape, padding, overhang = [0, 0] }: PoolAttributes) {
  return {
    counted_height: padding.top + sizeAt(inputShape, 1) + padding.bottom - overhang[0],
    counted_width: padding.left + sizeAt(inputShape, 2) + padding.right - overhang[1],
  };
}

type Request = KernelRequest<WindowAttributes>;

/** Whether channels move as whole vectors. */
export const wholeChannels = ({ attributes }: Request) => sizeAt(attributes.inputShape, 3) % 4 === 0;

/** For one invocation an output element, or one for `lanes` of them. */
export const outputGroups =
  (lanes: 1 | 4) =>
  ({ outputs }: Request) =>
    ceilDivide(elementCount(outputs[0]?.shape ?? []) / lanes, 64);
