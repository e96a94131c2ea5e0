import type { Tensor } from "../graph/tensor.ts";
import type { KernelRequest } from "../kernels/kernel.ts";
import type { Shape, TensorType } from "../kernels/types.ts";
import { ceilDivide, elementCount } from "../kernels/types.ts";
import { sizeAt } from "./checks.ts";
import type { Pair, WindowAttributes, WindowOptions } from "./convolution.ts";
import { expectImage, expectWindowsInside, pair, resolveGeometry, windowCounts } from "./convolution.ts";

/** What a user says of a pooling. */
export interface PoolOptions extends WindowOptions {
  /** Height and width of the window, or one number for both. */
  readonly size: number | Pair;
  /** The window's size by default, so that windows tile the image. */
  readonly stride?: number | Pair;
}

/** Fills the defaults in. @throws ShapeError, UsageError */
export function poolAttributes(op: string, x: Tensor, { size, ...options }: PoolOptions): WindowAttributes {
  const { shape } = expectImage(op, [x.type], 0);
  const geometry = resolveGeometry(op, shape, pair(size), { stride: size, ...options });
  return { ...geometry, inputShape: shape };
}

/** One result for each window and channel. @throws ShapeError where the image does not fit the windows */
export function pooledShape(op: string, attributes: WindowAttributes): Shape {
  expectWindowsInside(op, attributes);
  const { inputShape } = attributes;
  return [sizeAt(inputShape, 0), ...windowCounts(op, inputShape, attributes), sizeAt(inputShape, 3)];
}

/** Makes sure of a gradient's input of the pooled shape, and gives the type of the image. */
export function unpooledType(
  op: string,
  inputs: readonly TensorType[],
  attributes: WindowAttributes,
): TensorType {
  expectImage(op, inputs, 0, pooledShape(op, attributes));
  return { shape: attributes.inputShape, dtype: "f32" };
}

type Request = KernelRequest<WindowAttributes>;

/** Whether channels move as whole vectors. */
export const wholeChannels = ({ attributes }: Request) => sizeAt(attributes.inputShape, 3) % 4 === 0;

/** For one invocation an output element, or one for `lanes` of them. */
export const outputGroups =
  (lanes: 1 | 4) =>
  ({ outputs }: Request) =>
    ceilDivide(elementCount(outputs[0]?.shape ?? []) / lanes, 64);
