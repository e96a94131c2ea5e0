import "../kernels/generated/transpose.ts";
import { ShapeError } from "../device/errors.ts";
import { defineOp } from "../graph/op.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import type { KernelRequest } from "../kernels/kernel.ts";
import { defineKernel } from "../kernels/kernel.ts";
import type { Shape } from "../kernels/types.ts";
import { ceilDivide, elementCount, formatShape } from "../kernels/types.ts";
import { collapseAxes, strides } from "./broadcasting.ts";
import { normaliseAxis, shapeError, sizeAt } from "./checks.ts";
import { reshape } from "./reshape.ts";
import { stridedKernels } from "./strided_kernels.ts";
import { expectFewAxes } from "./strided_view.ts";

export interface TransposeAttributes {
  /** For each axis of the output, the axis of the input. */
  readonly axes: readonly number[];
}

/** As many as the kernel has strides for. */
const maxRank = 6;

/** Of f16 alone: the others move 4-byte words. */
const gather = defineKernel<"transpose/gather", TransposeAttributes>({
  file: "transpose/gather",
  accepts: ({ inputs }) => inputs[0]?.dtype === "f16",
  params: (request) => gatherParams(request),
  workgroups: ({ outputs }) => ceilDivide(elementCount(outputs[0]?.shape ?? []), 4 * 64),
});

export const transposeOp = defineOp<TransposeAttributes>({
  name: "transpose",
  inputs: ["x"],
  outputs: ["out"],
  type: (inputs, { axes }) => {
    const [x] = inputs;
    if (x?.shape.length !== axes.length) {
      throw shapeError("transpose", inputs, "input 0 has the wrong rank", `${axes.length} axes`);
    }
    const shape = permuted(x.shape, axes);
    expectFewAxes("transpose", inputs, shape, viewOf(x.shape, axes));
    return [{ shape, dtype: x.dtype }];
  },
  vjp: (dy, _, { axes }) => [transpose(dy, inverse(axes))],
  kernels: [
    ...stridedKernels<TransposeAttributes>(
      ({ inputs, attributes }) => viewOf(inputs[0]?.shape ?? [], attributes.axes),
      { swaps: true },
    ),
    gather,
  ],
});

/**
 * Puts the axes in another order; free where only axes of size 1 change places. Any dtype.
 * @param axes for each axis of the output the axis of x, negative ones from the end; by default in reverse
 * @throws ShapeError where the list is no permutation of the axes, or more than 6 of them part from their neighbours
 */
export function transpose(x: Tensor, axes: readonly number[] = x.shape.map((_, axis) => -1 - axis)): Tensor {
  const order = axes.map((axis) => normaliseAxis("transpose", x.shape, axis));
  if (order.length !== x.shape.length || new Set(order).size !== order.length) {
    throw new ShapeError({
      where: "transpose",
      problem: "the axes are no permutation",
      got: `${formatShape(axes)} of ${formatShape(x.shape)}`,
      expected: "each axis once",
    });
  }
  const moving = order.filter((axis) => x.shape[axis] !== 1);
  const stays = moving.every((axis, place) => place === 0 || axis > (moving[place - 1] ?? 0));
  return stays ? reshape(x, permuted(x.shape, order)) : apply(transposeOp, [x], { axes: order });
}

const permuted = (shape: Shape, axes: readonly number[]): Shape => axes.map((axis) => sizeAt(shape, axis));

const inverse = (axes: readonly number[]): number[] => axes.map((_, axis) => axes.indexOf(axis));

const viewOf = (shape: Shape, axes: readonly number[]) => ({
  strides: permuted(strides(shape), axes),
  offset: 0,
});

function gatherParams({ inputs, outputs, attributes }: KernelRequest<TransposeAttributes>) {
  const output = outputs[0]?.shape ?? [];
  const own = permuted(strides(inputs[0]?.shape ?? []), attributes.axes);
  const { sizes, strides: collapsed } = collapseAxes(output, [own], maxRank);
  const [, size1 = 1, size2 = 1, size3 = 1, size4 = 1, size5 = 1] = sizes;
  const [stride0 = 0, stride1 = 0, stride2 = 0, stride3 = 0, stride4 = 0, stride5 = 0] = collapsed[0] ?? [];
  const count = elementCount(output);
  return { count, size1, size2, size3, size4, size5, stride0, stride1, stride2, stride3, stride4, stride5 };
}
