import "../kernels/generated/maxPool2d.ts";
import { defineOp } from "../graph/op.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply, record } from "../graph/tensor.ts";
import type { Kernel, KernelRequest } from "../kernels/kernel.ts";
import { defineKernel } from "../kernels/kernel.ts";
import { elementCount } from "../kernels/types.ts";
import { expectImage, windowsArePadded } from "./convolution.ts";
import { maxPool2dGradient } from "./maxPool2dGradient.ts";
import type { PixelRun } from "./pixel_runs.ts";
import { pixelRunGroups, pixelRunSuits, pixelRuns } from "./pixel_runs.ts";
import type { PoolAttributes, PoolOptions } from "./pooling.ts";
import { outputGroups, poolAttributes, pooledShape, poolParams, wholeChannels } from "./pooling.ts";

/** x → out, the maximum of each window, and `indices`, its place among the elements of x. */
export const maxPool2dOp = defineOp<PoolAttributes>({
  name: "maxPool2d",
  inputs: ["x"],
  outputs: ["out", "indices"],
  type: (inputs, attributes) => {
    expectImage("maxPool2d", inputs, 0, attributes.inputShape);
    const shape = pooledShape("maxPool2d", attributes);
    return [
      { shape, dtype: "f32" },
      { shape, dtype: "u32" },
    ];
  },
  saves: ["indices"],
  vjp: (dy, saved, attributes) => [maxPool2dGradient(dy, saved("indices"), attributes)],
  kernels: [...pixelRuns.map(maxPoolInRuns), maxPoolOfOne()],
  cost: ({ outputs, attributes: { kernel, inputShape } }) => {
    const results = elementCount(outputs[0]?.shape ?? []);
    return { flops: results * kernel[0] * kernel[1], bytes: 4 * (elementCount(inputShape) + 2 * results) };
  },
});

function constants({ attributes }: KernelRequest<PoolAttributes>) {
  const { bins } = attributes;
  return { PADDED: Number(windowsArePadded("maxPool2d", attributes)), ADAPTIVE: Number(bins !== undefined) };
}

function maxPoolInRuns(run: PixelRun): Kernel<PoolAttributes> {
  return defineKernel<"maxPool2d/vec4", PoolAttributes>({
    file: "maxPool2d/vec4",
    variant: { RUN: run },
    accepts: wholeChannels,
    suits: (_, traits) => pixelRunSuits(run, traits),
    constants,
    params: ({ attributes }) => poolParams("maxPool2d", attributes),
    workgroups: pixelRunGroups(run),
  });
}

function maxPoolOfOne(): Kernel<PoolAttributes> {
  return defineKernel<"maxPool2d/scalar", PoolAttributes>({
    file: "maxPool2d/scalar",
    constants,
    params: ({ attributes }) => poolParams("maxPool2d", attributes),
    workgroups: outputGroups(1),
  });
}

/**
 * The maximum of each window, channel by channel; padding never wins. The gradient goes to the first of equal maxima.
 * @param x [batch, height, width, channels]
 * @throws ShapeError where no window fits, or one lies in the padding alone
 */
export function maxPool2d(x: Tensor, options: PoolOptions): Tensor {
  return apply(maxPool2dOp, [x], poolAttributes("maxPool2d", x, options));
}

/** As `maxPool2d`; returns too, u32, the place of each maximum among the elements of x. */
export function maxPool2dWithIndices(x: Tensor, options: PoolOptions): readonly Tensor[] {
  return record(maxPool2dOp, [x], poolAttributes("maxPool2d", x, options));
}
