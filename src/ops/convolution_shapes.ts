import type { Shape, TensorType } from "../kernels/types.ts";
import { shapeError, sizeAt } from "./checks.ts";
import type { ConvolutionAttributes, WindowAttributes } from "./convolution.ts";
import { windowCounts } from "./convolution.ts";

/** [batch, windows down, windows across, filters] */
export function resultShape(op: string, attributes: WindowAttributes, filters: number): Shape {
  const { inputShape } = attributes;
  return [sizeAt(inputShape, 0), ...windowCounts(op, inputShape, attributes), filters];
}

/** [kernel height, kernel width, channels / groups, filters] */
export function weightsShape(
  { kernel, inputShape, groups = 1 }: ConvolutionAttributes,
  filters: number,
): Shape {
  return [...kernel, sizeAt(inputShape, 3) / groups, filters];
}

/** Makes sure that channels and filters fall into the groups evenly. @throws ShapeError where they do not */
export function expectGroups(
  op: string,
  inputs: readonly TensorType[],
  { inputShape, groups = 1 }: ConvolutionAttributes,
  filters: number,
): void {
  const channels = sizeAt(inputShape, 3);
  if (channels % groups === 0 && filters % groups === 0) return;
  const expected = `multiples of ${groups} groups`;
  throw shapeError(
    op,
    inputs,
    `${channels} channels or ${filters} filters do not fall into groups`,
    expected,
  );
}
