import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import { ceilDivide } from "../kernels/types.ts";
import { sizeAt } from "./checks.ts";
import { col2im } from "./col2im.ts";
import type { WindowAttributes } from "./convolution.ts";
import type { Conv2dAttributes } from "./convolution_kernels.ts";
import { resultShape, weightsShape } from "./convolution_ops.ts";
import { im2col } from "./im2col.ts";
import { matmul, matmulOp } from "./matmul.ts";
import { reshape } from "./reshape.ts";
import { sum } from "./sum.ts";

/**
 * Whether a `conv2d` is faster as columns and a product. With few channels the columns cost more to write than they
 * save: there the kernel without columns reads the image itself.
 */
export function lowersConv2d(attributes: Conv2dAttributes): boolean {
  return isPointwise(attributes) || sizeAt(attributes.inputShape, 3) >= 4;
}

/** Whether a `conv2dInputGradient` is: only where no tiled kernel gathers the windows of whole vectors by itself. */
export function lowersInputGradient(inputs: readonly Tensor[], attributes: WindowAttributes): boolean {
  const whole = inputs.every((tensor) => sizeAt(tensor.shape, 3) % 4 === 0);
  return isPointwise(attributes) || !whole || sizeAt(attributes.inputShape, 3) % 4 !== 0;
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

/** The value of a `conv2dFilterGradient` node: columnsᵀ · dy, summed in parts where one product has too few tiles. */
export function lowerFilterGradient(inputs: readonly Tensor[], attributes: WindowAttributes): Tensor {
  const [x, dy] = inputs;
  if (!x || !dy) throw new Error("internal: conv2dFilterGradient without inputs");
  const filters = sizeAt(dy.shape, 3);
  const columns = columnsOf(x, attributes);
  const [rows, length] = [sizeAt(columns.shape, 0), sizeAt(columns.shape, 1)];
  const parts = splitRows(rows, length, filters);
  const product =
    parts === 1
      ? matmul(columns, reshape(dy, [rows, filters]), { transposeA: true })
      : sum(
          matmul(reshape(columns, [parts, -1, length]), reshape(dy, [parts, -1, filters]), {
            transposeA: true,
          }),
          { axes: 0 },
        );
  return reshape(product, weightsShape(attributes, filters));
}

/** What a matrix product's workgroup makes, about, and how many workgroups occupy an adapter. */
const tile = { rows: 32, columns: 64 };
const enoughWorkgroups = 128;
/** Shorter sums would be dearer to add up than to compute. */
const shortestPart = 256;

/**
 * Into how many equal parts the rows of columnsᵀ · dy are split: the result is small and the sums are long, so that one
 * product would keep few workgroups busy for long. The fewest parts that give enough workgroups, else the most there
 * are; whole vectors of rows stay whole.
 * @param products of these sizes that run as one batch
 */
export function splitRows(rows: number, length: number, filters: number, products = 1): number {
  const tiles = products * ceilDivide(length, tile.rows) * ceilDivide(filters, tile.columns);
  const wholeVectors = rows % 4 === 0 ? 4 : 1;
  let parts = 1;
  for (let count = 2; tiles * parts < enoughWorkgroups && rows / count >= shortestPart; count++) {
    if (rows % (count * wholeVectors) === 0) parts = count;
  }
  return parts;
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
