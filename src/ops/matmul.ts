import { defineOp } from "../graph/op.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import type { Shape, TensorType } from "../kernels/types.ts";
import { trafficBytes } from "../kernels/types.ts";
import { broadcastShapes } from "./broadcasting.ts";
import { repeat } from "./broadcastTo.ts";
import { expectFloat, promoteFloats, shapeError, sizeAt } from "./checks.ts";
import { matmulKernels } from "./matmul_kernels.ts";
import type { MatmulAttributes, MatmulOptions } from "./matmul_request.ts";
import { batchFits, matmulSizes } from "./matmul_request.ts";
import { reshape } from "./reshape.ts";

export type { MatmulAttributes, MatmulOptions } from "./matmul_request.ts";

/**
 * c = op(a) · op(b), a: [...batch, m, k], b: [...batch, k, n], c: [...batch, m, n]; op swaps the last two axes, and the
 * batches broadcast. In parts, a: [m, k], b: [k, n], c: [parts, m, n], whose sum is the product; parts are f32.
 */
export const matmulOp = defineOp<MatmulAttributes>({
  name: "matmul",
  inputs: ["a", "b"],
  outputs: ["c"],
  type: (inputs, attributes) => [matmulType(inputs, attributes)],
  saves: ["a", "b"],
  vjp: (dc, saved, { transposeA, transposeB, parts }) => {
    if (parts !== undefined) throw new Error("internal: a matmul is split after differentiation");
    const a = saved("a");
    const b = saved("b");
    const da = transposeA
      ? matmul(b, dc, { transposeA: transposeB, transposeB: true })
      : matmul(dc, b, { transposeB: !transposeB });
    const db = transposeB
      ? matmul(dc, a, { transposeA: true, transposeB: transposeA })
      : matmul(a, dc, { transposeA: !transposeA });
    return [da, db];
  },
  acceptsEpilogue: ["bias", "operand"],
  kernels: matmulKernels,
  cost: (request) => {
    const { batch, m, n, k } = matmulSizes(request);
    return { flops: 2 * batch * m * n * k, bytes: trafficBytes(...request.inputs, ...request.outputs) };
  },
});

/**
 * Matrix product without materialised transposes, as NumPy's and PyTorch's `matmul`: leading axes are a batch and
 * broadcast without being repeated in memory; a vector is a row on the left and a column on the right, and its axis is
 * gone from the result.
 * @param a [...batch, m, k] or [k]
 * @param b [...batch, k, n] or [k]
 * @returns [...batch, m, n], without m where a is a vector, without n where b is; f16 where both are
 * @throws ShapeError where the inner sizes differ, the batches do not broadcast, or a vector or number is to be transposed
 */
export function matmul(a: Tensor, b: Tensor, options: MatmulOptions = {}): Tensor {
  const { transposeA = false, transposeB = false } = options;
  refuseVectors(a, b, { transposeA, transposeB });
  if (a.shape.length === 1 || b.shape.length === 1) return vectorProduct(a, b, options);
  const attributes = { transposeA, transposeB };
  // One matrix for all items: the rows of the batch are those of one product.
  const shared = b.shape.length <= a.shape.length && b.shape.slice(0, -2).every((size) => size === 1);
  if (a.shape.length > 2 && shared && !transposeA) {
    const matrix = reshape(b, b.shape.slice(-2));
    const flat = apply(matmulOp, [reshape(a, [-1, sizeAt(a.shape, -1)]), matrix], attributes);
    return reshape(flat, [...a.shape.slice(0, -1), sizeAt(flat.shape, -1)]);
  }
  return apply(matmulOp, repeatedWhereNeeded(a, b), attributes);
}

/** A vector becomes a matrix of one row or column, which the result is without. */
function vectorProduct(a: Tensor, b: Tensor, options: MatmulOptions): Tensor {
  const [left, right] = [a.shape.length === 1, b.shape.length === 1];
  const product = matmul(left ? reshape(a, [1, -1]) : a, right ? reshape(b, [-1, 1]) : b, options);
  const rows = left ? [] : product.shape.slice(-2, -1);
  const columns = right ? [] : product.shape.slice(-1);
  return reshape(product, [...product.shape.slice(0, -2), ...rows, ...columns]);
}

function refuseVectors(a: Tensor, b: Tensor, { transposeA, transposeB }: Required<MatmulOptions>): void {
  const types = [a.type, b.type];
  if (types.some(({ shape }) => shape.length === 0)) {
    throw shapeError("matmul", types, "a number is no matrix", "one axis or more", "multiply with mul");
  }
  if ((transposeA && a.shape.length === 1) || (transposeB && b.shape.length === 1)) {
    throw shapeError("matmul", types, "a vector has nothing to transpose", "two axes or more");
  }
}

/**
 * Operands as kernels find their items: those that take turns in repeating along three axes and more are written out,
 * which no usual product needs.
 */
function repeatedWhereNeeded(a: Tensor, b: Tensor): [Tensor, Tensor] {
  const [own, other] = [a.shape.slice(0, -2), b.shape.slice(0, -2)];
  const batch = batchOf(a.type, b.type);
  if (batchFits(own, other, batch)) return [a, b];
  const repeated = (tensor: Tensor) => repeat(tensor, [...batch, ...tensor.shape.slice(-2)]);
  if (batchFits(batch, other, batch)) return [repeated(a), b];
  if (batchFits(own, batch, batch)) return [a, repeated(b)];
  return [repeated(a), repeated(b)];
}

/**
 * The product of two matrices in equal parts of the inner dimension, which add up to it: few sums of many terms become
 * many of fewer. A pass puts it and a sum in the product's place after differentiation, so it has no gradient.
 * @returns [parts, m, n]
 */
export function matmulParts(a: Tensor, b: Tensor, options: MatmulOptions, parts: number): Tensor {
  const { transposeA = false, transposeB = false } = options;
  return apply(matmulOp, [a, b], { transposeA, transposeB, parts });
}

function matmulType(inputs: readonly TensorType[], attributes: MatmulAttributes): TensorType {
  const a = expectFloat("matmul", inputs, 0, null);
  const b = expectFloat("matmul", inputs, 1, null);
  const { transposeA, transposeB, parts } = attributes;
  if (a.shape.length < 2 || b.shape.length < 2) {
    throw shapeError("matmul", [a, b], "the ranks do not fit", "[…batch, m, k] · […batch, k, n]");
  }
  const [m, k] = matrixSizes(a.shape, transposeA);
  const [inner, n] = matrixSizes(b.shape, transposeB);
  if (k !== inner) {
    const flags = `transposeA ${transposeA}, transposeB ${transposeB}`;
    const hint = "is one transposed?";
    throw shapeError("matmul", [a, b], "the inner sizes differ", `${k} = ${inner} (${flags})`, hint);
  }
  if (parts === undefined) {
    const { dtype = promoteFloats([a, b]) } = attributes;
    return { shape: [...batchOf(a, b), m, n], dtype };
  }
  if (a.shape.length !== 2 || b.shape.length !== 2 || k % parts !== 0)
    throw shapeError("matmul", [a, b], `no ${parts} equal parts`);
  return { shape: [parts, m, n], dtype: "f32" };
}

function matrixSizes(shape: Shape, transposed: boolean): [rows: number, columns: number] {
  const [rows, columns] = [sizeAt(shape, -2), sizeAt(shape, -1)];
  return transposed ? [columns, rows] : [rows, columns];
}

function batchOf(a: TensorType, b: TensorType): Shape {
  const leading = [a, b].map(({ shape, dtype }) => ({ shape: shape.slice(0, -2), dtype }));
  try {
    return broadcastShapes("matmul", leading);
  } catch {
    throw shapeError("matmul", [a, b], "the batches do not broadcast", "leading sizes that are equal or 1");
  }
}
