import { defineOp } from "../graph/op.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import type { TensorType } from "../kernels/types.ts";
import { elementCount } from "../kernels/types.ts";
import { expectInput, shapeError, sizeAt } from "./checks.ts";
import { matmulKernels } from "./matmul_kernels.ts";
import type { MatmulAttributes, MatmulOptions } from "./matmul_request.ts";
import { matmulSizes } from "./matmul_request.ts";
import { reshape } from "./reshape.ts";

export type { MatmulAttributes, MatmulOptions } from "./matmul_request.ts";

/**
 * c = op(a) · op(b), a: [batch?, m, k], b: [batch?, k, n], c: [batch?, m, n]; op swaps the last two axes. In parts,
 * a: [m, k], b: [k, n], c: [parts, m, n], whose sum is the product.
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
    const touched = [...request.inputs, ...request.outputs].reduce(
      (sum, type) => sum + elementCount(type.shape),
      0,
    );
    return { flops: 2 * batch * m * n * k, bytes: 4 * touched };
  },
});

/**
 * Matrix product without materialised transposes.
 * @param a [m, k], [batch, m, k], or [...rows, k] when b has two axes
 * @param b [k, n] or [batch, k, n]
 * @throws ShapeError where the inner sizes or the batches differ
 */
export function matmul(a: Tensor, b: Tensor, options: MatmulOptions = {}): Tensor {
  const attributes = { transposeA: options.transposeA ?? false, transposeB: options.transposeB ?? false };
  if (a.shape.length > 2 && b.shape.length === 2 && !attributes.transposeA) {
    const flat = apply(matmulOp, [reshape(a, [-1, sizeAt(a.shape, -1)]), b], attributes);
    return reshape(flat, [...a.shape.slice(0, -1), sizeAt(flat.shape, -1)]);
  }
  return apply(matmulOp, [a, b], attributes);
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

function matmulType(
  inputs: readonly TensorType[],
  { transposeA, transposeB, parts }: MatmulAttributes,
): TensorType {
  const a = expectInput("matmul", inputs, 0, null);
  const b = expectInput("matmul", inputs, 1, null);
  const rank = a.shape.length;
  if (rank !== b.shape.length || (rank !== 2 && rank !== 3)) {
    throw shapeError(
      "matmul",
      [a, b],
      "the ranks do not fit",
      "[m, k] · [k, n] or [batch, m, k] · [batch, k, n]",
    );
  }
  if (rank === 3 && a.shape[0] !== b.shape[0]) throw shapeError("matmul", [a, b], "the batches differ");
  const [m, k] = transposeA
    ? [sizeAt(a.shape, -1), sizeAt(a.shape, -2)]
    : [sizeAt(a.shape, -2), sizeAt(a.shape, -1)];
  const [inner, n] = transposeB
    ? [sizeAt(b.shape, -1), sizeAt(b.shape, -2)]
    : [sizeAt(b.shape, -2), sizeAt(b.shape, -1)];
  if (k !== inner) {
    const flags = `transposeA ${transposeA}, transposeB ${transposeB}`;
    throw shapeError(
      "matmul",
      [a, b],
      "the inner sizes differ",
      `${k} = ${inner} (${flags})`,
      "is one transposed?",
    );
  }
  if (parts === undefined) return { shape: [...a.shape.slice(0, -2), m, n], dtype: "f32" };
  if (rank !== 2 || k % parts !== 0) throw shapeError("matmul", [a, b], `no ${parts} equal parts`);
  return { shape: [parts, m, n], dtype: "f32" };
}
