import "../kernels/generated/col2im.ts";
import "../kernels/generated/im2col.ts";
import type { Op } from "../graph/op.ts";
import { defineOp } from "../graph/op.ts";
import { apply } from "../graph/tensor.ts";
import type { Kernel, KernelRequest } from "../kernels/kernel.ts";
import { defineKernel } from "../kernels/kernel.ts";
import type { Shape } from "../kernels/types.ts";
import { ceilDivide, elementCount, formatShape, sameShape } from "../kernels/types.ts";
import { expectInput, shapeError, sizeAt } from "./checks.ts";
import type { WindowAttributes } from "./convolution.ts";
import { expectImage, windowCounts, windowParams } from "./convolution.ts";
import { wholeChannels } from "./pooling.ts";

/**
 * Consecutive elements or vectors of a row that an invocation writes: many where an invocation is dear, few where
 * neighbours should write side by side.
 */
const runs = { gpu: 4, software: { scalar: 9, vector: 12 } } as const;

/** `RUN` of `col2im/col2im_vec4`: vectors of a pixel that share the search for its windows. */
const vectorsOfPixel = 4;

/** im2col and its adjoint, each of them the other's gradient, and so in one file. */
const toColumns: Op<WindowAttributes> = defineOp<WindowAttributes>({
  name: "im2col",
  inputs: ["x"],
  outputs: ["out"],
  type: (inputs, attributes) => {
    expectImage("im2col", inputs, 0, attributes.inputShape);
    return [{ shape: columnsShape("im2col", attributes), dtype: "f32" }];
  },
  vjp: (dy, _, attributes) => [apply(toImage, [dy], attributes)],
  kernels: [
    im2col("im2col/im2col_vec4", 4, runs.software.vector),
    im2col("im2col/im2col_vec4", 4, runs.gpu),
    im2col("im2col/im2col", 1, runs.software.scalar),
    im2col("im2col/im2col", 1, runs.gpu),
  ],
});

const toImage: Op<WindowAttributes> = defineOp<WindowAttributes>({
  name: "col2im",
  inputs: ["columns"],
  outputs: ["out"],
  type: (inputs, attributes) => {
    const { shape } = expectInput("col2im", inputs, 0, 2);
    const expected = columnsShape("col2im", attributes);
    if (!sameShape(shape, expected)) {
      throw shapeError("col2im", inputs, "the columns do not fit the windows", formatShape(expected));
    }
    return [{ shape: attributes.inputShape, dtype: "f32" }];
  },
  vjp: (du, _, attributes) => [apply(toColumns, [du], attributes)],
  kernels: [col2im("col2im/col2im_vec4", 4), col2im("col2im/col2im", 1)],
  cost: ({ inputs, outputs }) => {
    const columns = elementCount(inputs[0]?.shape ?? []);
    return { flops: columns, bytes: 4 * (columns + elementCount(outputs[0]?.shape ?? [])) };
  },
});

export const columnOps = { toColumns, toImage };

/** A row for each window, a column for each tap and channel. */
function columnsShape(op: string, attributes: WindowAttributes): Shape {
  const { inputShape, kernel } = attributes;
  const [rows, columns] = windowCounts(op, inputShape, attributes);
  return [sizeAt(inputShape, 0) * rows * columns, kernel[0] * kernel[1] * sizeAt(inputShape, 3)];
}

function im2col(
  file: "im2col/im2col_vec4" | "im2col/im2col",
  lanes: 1 | 4,
  run: number,
): Kernel<WindowAttributes> {
  return defineKernel<typeof file, WindowAttributes>({
    file,
    variant: { RUN: run },
    accepts: (request) => lanes === 1 || wholeChannels(request),
    suits: (_, traits) => traits.software === (run !== runs.gpu),
    params: ({ attributes }) => windowParams("im2col", attributes),
    workgroups: ({ outputs }: KernelRequest) => {
      const [rows = 1, length = 1] = outputs[0]?.shape ?? [];
      return ceilDivide(rows * ceilDivide(length / lanes, run), 64);
    },
  });
}

function col2im(file: "col2im/col2im_vec4" | "col2im/col2im", lanes: 1 | 4): Kernel<WindowAttributes> {
  return defineKernel<typeof file, WindowAttributes>({
    file,
    accepts: (request) => lanes === 1 || wholeChannels(request),
    params: ({ attributes }) => windowParams("col2im", attributes),
    workgroups: ({ outputs }: KernelRequest) => {
      const shape = outputs[0]?.shape ?? [];
      const channels = sizeAt(shape, 3);
      const runsOfPixel = lanes === 1 ? channels : ceilDivide(channels / lanes, vectorsOfPixel);
      return ceilDivide((elementCount(shape) / channels) * runsOfPixel, 64);
    },
  });
}
