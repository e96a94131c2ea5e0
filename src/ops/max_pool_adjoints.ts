import "../kernels/generated/maxPool2dGradient.ts";
import "../kernels/generated/takeAt.ts";
import type { Op } from "../graph/op.ts";
import { defineOp } from "../graph/op.ts";
import { apply } from "../graph/tensor.ts";
import type { Kernel, KernelRequest } from "../kernels/kernel.ts";
import { defineKernel } from "../kernels/kernel.ts";
import { ceilDivide, elementCount, sameShape } from "../kernels/types.ts";
import { expectInput, shapeError, sizeAt } from "./checks.ts";
import { expectImage, windowsAreApart } from "./convolution.ts";
import { maskBeforeUnpooling } from "./passes/mask_before_unpooling.ts";
import type { PixelRun } from "./pixel_runs.ts";
import { pixelRunGroups, pixelRunSuits, pixelRuns } from "./pixel_runs.ts";
import type { PoolAttributes } from "./pooling.ts";
import { outputGroups, pooledShape, poolParams, unpooledType, wholeChannels } from "./pooling.ts";

/** What both ways to gather ask. */
const gathering = {
  constants: ({ attributes }: KernelRequest<PoolAttributes>) => ({
    ADAPTIVE: Number(attributes.bins !== undefined),
  }),
  params: ({ attributes }: KernelRequest<PoolAttributes>) => poolParams("maxPool2dGradient", attributes),
};

/**
 * The two maps along a max pooling's indices, each of them the other's gradient, and so in one file: spread a value
 * for each window over the image, and gather one from it.
 */
const spread: Op<PoolAttributes> = defineOp<PoolAttributes>({
  name: "maxPool2dGradient",
  inputs: ["dy", "indices"],
  outputs: ["out"],
  type: (inputs, attributes) => {
    expectInput("maxPool2dGradient", inputs, 1, 4, "u32");
    const type = unpooledType("maxPool2dGradient", inputs, attributes);
    if (!sameShape(inputs[0]?.shape ?? [], inputs[1]?.shape ?? [])) {
      throw shapeError("maxPool2dGradient", inputs, "the indices do not fit the gradient");
    }
    return [type];
  },
  saves: ["indices"],
  vjp: (du, saved, attributes) => [apply(gather, [du, saved("indices")], attributes), null],
  passes: [maskBeforeUnpooling],
  kernels: [
    defineKernel<"maxPool2dGradient/blocks", PoolAttributes>({
      file: "maxPool2dGradient/blocks",
      accepts: (request) =>
        wholeChannels(request) && !request.attributes.bins && windowsAreApart(request.attributes),
      // A larger block would leave too few invocations, each with too much to write.
      suits: ({ attributes: { stride } }) => stride[0] * stride[1] <= 16,
      params: ({ attributes }) => poolParams("maxPool2dGradient", attributes),
      workgroups: blockGroups,
    }),
    ...pixelRuns.map(spreadInRuns),
    defineKernel<"maxPool2dGradient/gather", PoolAttributes>({
      file: "maxPool2dGradient/gather",
      ...gathering,
      workgroups: outputGroups(1),
    }),
  ],
  cost: ({ inputs, attributes: { inputShape } }) => {
    const windows = elementCount(inputs[0]?.shape ?? []);
    return { flops: windows, bytes: 4 * (elementCount(inputShape) + 2 * windows) };
  },
});

const gather: Op<PoolAttributes> = defineOp<PoolAttributes>({
  name: "takeAt",
  inputs: ["x", "indices"],
  outputs: ["out"],
  type: (inputs, attributes) => {
    expectImage("takeAt", inputs, 0, attributes.inputShape);
    const indices = expectInput("takeAt", inputs, 1, 4, "u32");
    const shape = pooledShape("takeAt", attributes);
    if (!sameShape(indices.shape, shape)) {
      throw shapeError("takeAt", inputs, "the indices do not fit the windows");
    }
    return [{ shape, dtype: "f32" }];
  },
  saves: ["indices"],
  vjp: (dy, saved, attributes) => [apply(spread, [dy, saved("indices")], attributes), null],
  kernels: [
    defineKernel<"takeAt/takeAt", PoolAttributes>({
      file: "takeAt/takeAt",
      params: ({ outputs, attributes: { inputShape } }) => ({
        vectors: ceilDivide(elementCount(outputs[0]?.shape ?? []), 4),
        elements: elementCount(inputShape),
      }),
      workgroups: outputGroups(4),
    }),
  ],
  cost: ({ outputs }) => ({ flops: 0, bytes: 12 * elementCount(outputs[0]?.shape ?? []) }),
});

export const maxPoolAdjoints = { spread, gather };

function spreadInRuns(run: PixelRun): Kernel<PoolAttributes> {
  return defineKernel<"maxPool2dGradient/gather_vec4", PoolAttributes>({
    file: "maxPool2dGradient/gather_vec4",
    variant: { RUN: run },
    accepts: wholeChannels,
    suits: (_, traits) => pixelRunSuits(run, traits),
    ...gathering,
    workgroups: pixelRunGroups(run),
  });
}

/** One invocation for four channels of each block of one stride. */
function blockGroups({ attributes: { inputShape, stride, padding } }: KernelRequest<PoolAttributes>): number {
  const down = ceilDivide(padding.top + sizeAt(inputShape, 1), stride[0]);
  const across = ceilDivide(padding.left + sizeAt(inputShape, 2), stride[1]);
  return ceilDivide((sizeAt(inputShape, 0) * down * across * sizeAt(inputShape, 3)) / 4, 64);
}
