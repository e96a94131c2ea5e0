import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import type { Shape } from "../kernels/types.ts";
import { ceilDivide } from "../kernels/types.ts";
import { promoteFloats, sizeAt } from "./checks.ts";
import { col2im } from "./col2im.ts";
import { conv2dFilterGradientParts } from "./conv2dFilterGradientParts.ts";
import type { ConvolutionAttributes, WindowAttributes } from "./convolution.ts";
import { windowCounts } from "./convolution.ts";
import { resultShape, weightsShape } from "./convolution_shapes.ts";
import type { Conv2dAttributes } from "./convolution_sizes.ts";
import { im2col } from "./im2col.ts";
import { matmul, matmulOp } from "./matmul.ts";
import { reshape } from "./reshape.ts";
import { sumOp } from "./sum.ts";

/**
 * Whether a `conv2d` is faster as columns and a product. With few channels the columns cost more to write than they
 * save: there the kernel without columns reads the image itself.
 */
export function lowersConv2d(attributes: Conv2dAttributes): boolean {
  return isPointwise(attributes) || sizeAt(attributes.inputShape, 3) >= 4;
}

/**
 * Whether a `conv2dInputGradient` is: where no tiled kernel gathers the windows of whole vectors by itself, and with
 * strides, whose columns are few. There SwiftShader loses up to an eighth by columns and llvmpipe takes half the time.
 */
export function lowersInputGradient(inputs: readonly Tensor[], attributes: WindowAttributes): boolean {
  const whole = inputs.every((tensor) => sizeAt(tensor.shape, 3) % 4 === 0);
  const strided = attributes.stride.some((step) => step > 1);
  return isPointwise(attributes) || strided || !whole || sizeAt(attributes.inputShape, 3) % 4 !== 0;
}

/** What the columns of a convolution or of its gradients take: nothing where the image is its own columns. */
export function columnsBytes(attributes: WindowAttributes): number {
  const { inputShape, kernel } = attributes;
  if (isPointwise(attributes)) return 0;
  const [rows, columns] = windowCounts("im2col", inputShape, attributes);
  return 4 * sizeAt(inputShape, 0) * rows * columns * kernel[0] * kernel[1] * sizeAt(inputShape, 3);
}

/** The value of a `conv2d` node: columns · filters. An epilogue moves on to the matrix product. */
export function lowerConv2d(inputs: readonly Tensor[], attributes: Conv2dAttributes): Tensor {
  const [x, weights, ...operands] = inputs;
  if (!x || !weights) throw new Error("internal: conv2d without inputs");
  const filters = sizeAt(weights.shape, 3);
  const columns = columnsOf(x, attributes);
  const flat = operands.map((operand) =>
    operand.shape.length === 1 ? operand : reshape(operand, [-1, filters]),
  );
  const product = apply(matmulOp, [columns, reshape(weights, [-1, filters]), ...flat], {
    transposeA: false,
    transposeB: false,
    ...(attributes.epilogue && { epilogue: attributes.epilogue }),
    ...(attributes.dtype && { dtype: attributes.dtype }),
  });
  return reshape(product, resultShape("conv2d", attributes, filters));
}

/** The value of a `conv2dInputGradient` node: dy · filtersᵀ gives columns, and those add up to the image. */
export function lowerInputGradient(inputs: readonly Tensor[], attributes: WindowAttributes): Tensor {
  const [dy, weights] = inputs;
  if (!dy || !weights) throw new Error("internal: conv2dInputGradient without inputs");
  const filters = sizeAt(weights.shape, 3);
  const columns = matmul(reshape(dy, [-1, filters]), reshape(weights, [-1, filters]), { transposeB: true });
  return isPointwise(attributes) ? reshape(columns, attributes.inputShape) : col2im(columns, attributes);
}

/** The value of a `conv2dFilterGradient` node: columnsᵀ · dy, which a later pass splits where the sums are long. */
export function lowerFilterGradient(inputs: readonly Tensor[], attributes: WindowAttributes): Tensor {
  const [x, dy] = inputs;
  if (!x || !dy) throw new Error("internal: conv2dFilterGradient without inputs");
  const filters = sizeAt(dy.shape, 3);
  const product = matmul(columnsOf(x, attributes), reshape(dy, [-1, filters]), { transposeA: true });
  return reshape(product, weightsShape(attributes, filters));
}

/**
 * Whether a `conv2dFilterGradient` is faster in parts that gather their windows: where the forward pass makes no columns
 * that it could share, and few weights have long sums.
 */
export function lowersFilterGradientToParts(
  inputs: readonly Tensor[],
  attributes: WindowAttributes,
): boolean {
  const filters = sizeAt(inputs[1]?.shape ?? [], 3);
  return filters % 4 === 0 && !lowersConv2d(attributes);
}

/** The value of a `conv2dFilterGradient` node without columns: parts of it, each over some lines, and their sum. */
export function lowerFilterGradientToParts(
  inputs: readonly Tensor[],
  attributes: ConvolutionAttributes,
): Tensor {
  const [x, dy] = inputs;
  if (!x || !dy) throw new Error("internal: conv2dFilterGradient without inputs");
  const parts = conv2dFilterGradientParts(x, dy, attributes, linesOfPart(dy.shape, attributes));
  const dtype = promoteFloats([x.type, dy.type]);
  return reshape(apply(sumOp, [parts], { axis: 0, count: 1, dtype }), parts.shape.slice(1));
}

/** The windows of a part at least, and how many invocations with 9 × 16 sums each occupy an adapter. */
const shortestPartWindows = 128;
const enoughInvocations = 2048;

/** How many lines of dy: [batch, lines, windows, filters] make a part of a filter gradient. */
function linesOfPart(dy: Shape, attributes: ConvolutionAttributes): number {
  const { kernel, inputShape, groups = 1 } = attributes;
  const weights = (kernel[0] * kernel[1] * sizeAt(inputShape, 3)) / groups;
  // A depthwise invocation has the filters of a vector.
  const across = groups > 1 && groups === sizeAt(inputShape, 3) ? 4 : 16;
  const tiles = ceilDivide(weights, 9) * ceilDivide(sizeAt(dy, 3), across);
  const parts = ceilDivide(enoughInvocations, tiles);
  const lines = sizeAt(dy, 0) * sizeAt(dy, 1);
  return Math.min(lines, Math.max(ceilDivide(lines, parts), ceilDivide(shortestPartWindows, sizeAt(dy, 2))));
}

/** A window of one pixel at each pixel: the image is its own columns. */
function isPointwise({ kernel, stride, padding }: WindowAttributes): boolean {
  return (
    [...kernel, ...stride].every((size) => size === 1) && Object.values(padding).every((side) => side === 0)
  );
}

function columnsOf(x: Tensor, attributes: WindowAttributes): Tensor {
  if (isPointwise(attributes)) return reshape(x, [-1, sizeAt(x.shape, 3)]);
  const { kernel, stride, padding, dilation } = attributes;
  return im2col(x, { kernel, stride, padding, dilation });
}
