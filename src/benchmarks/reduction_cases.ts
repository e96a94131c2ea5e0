import type { Op } from "../graph/op.ts";
import type { Shape } from "../kernels/types.ts";
import { elementCount } from "../kernels/types.ts";
import { argmaxOp } from "../ops/argmax.ts";
import { cumsumOp } from "../ops/cumsum.ts";
import { logSoftmaxOp } from "../ops/logSoftmax.ts";
import { logSumExpOp } from "../ops/logSumExp.ts";
import { maxOp } from "../ops/max.ts";
import { normOp } from "../ops/norm.ts";
import type { ReductionAttributes } from "../ops/reduction.ts";
import { softmaxOp } from "../ops/softmax.ts";
import { squaredDeviationsOp } from "../ops/squaredDeviations.ts";
import { sumOp } from "../ops/sum.ts";
import type { KernelCase } from "./kernel_case.ts";
import { kernelCase } from "./kernel_case.ts";

type Lines = readonly [name: string, shape: Shape, axis: number];

const lettersOf = (shape: Shape) => "ijk".slice(0, shape.length);

/** A fold of one axis; `more` is what the op's attributes say besides. */
function reductionCase<Attributes extends ReductionAttributes>(
  op: Op<Attributes>,
  attributes: (axes: { axis: number; count: number }) => Attributes,
  [name, shape, axis]: Lines,
): KernelCase {
  return kernelCase(op, () => attributes({ axis, count: 1 }), {
    case: name,
    inputs: [{ shape, axes: lettersOf(shape) }],
    outputAxes: [lettersOf(shape).replace("ijk"[axis] ?? "", "r")],
    tolerance: { kind: "reduction", terms: shape[axis] ?? 1 },
  });
}

const plain = (axes: { axis: number; count: number }) => axes;

/** Softmax and running sums: along an axis, with results of the same shape. */
function lineCase<Attributes>(
  op: Op<Attributes>,
  attributes: (axis: number) => Attributes,
  [name, shape, axis]: Lines,
): KernelCase {
  const letters = lettersOf(shape);
  return kernelCase(op, () => attributes(axis), {
    case: name,
    inputs: [{ shape, axes: letters }],
    outputAxes: [letters],
    ...(op.name === "cumsum" && { tolerance: { kind: "reduction", terms: elementCount(shape) } as const }),
  });
}

const longRow: Lines = ["a row of 10⁷", [10_000_000], 0];
const shortRows: Lines = ["2¹⁶ rows of 32", [65_536, 32], 1];
const columns: Lines = ["columns of 12544×64", [12_544, 64], 0];
const rows: Lines = ["rows of 1024×1024", [1024, 1024], 1];

/** Long rows, many short ones, columns. Folds share their kernels, so that a few stand for all. */
export const reductionKernelCases: readonly KernelCase[] = [
  reductionCase(sumOp, plain, ["all of 2²⁰", [1 << 20], 0]),
  reductionCase(sumOp, plain, longRow),
  reductionCase(sumOp, plain, rows),
  reductionCase(sumOp, plain, shortRows),
  reductionCase(sumOp, plain, columns),
  reductionCase(maxOp, plain, longRow),
  reductionCase(maxOp, plain, columns),
  reductionCase(argmaxOp, plain, rows),
  reductionCase(normOp, (axes) => ({ ...axes, order: 2 }), rows),
  reductionCase(logSumExpOp, plain, rows),
  reductionCase(squaredDeviationsOp, plain, rows),
  reductionCase(squaredDeviationsOp, plain, columns),
  lineCase(cumsumOp, (axis) => ({ axis, reverse: false, exclusive: false }), ["a row of 2²⁰", [1 << 20], 0]),
  lineCase(cumsumOp, (axis) => ({ axis, reverse: false, exclusive: false }), rows),
  lineCase(softmaxOp, (axis) => ({ axis }), shortRows),
  lineCase(softmaxOp, (axis) => ({ axis }), rows),
  lineCase(softmaxOp, (axis) => ({ axis }), ["a row of 2²⁰", [1 << 20], 0]),
  lineCase(softmaxOp, (axis) => ({ axis }), ["columns of 12544×64", [12_544, 64], 0]),
  lineCase(softmaxOp, (axis) => ({ axis }), ["the middle of 64×49×256", [64, 49, 256], 1]),
  lineCase(logSoftmaxOp, (axis) => ({ axis }), rows),
];
