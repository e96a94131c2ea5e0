import { defineOp } from "../graph/op.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply, record } from "../graph/tensor.ts";
import type { Kernel } from "../kernels/kernel.ts";
import { defineKernel } from "../kernels/kernel.ts";
import { elementCount } from "../kernels/types.ts";
import { expectImage, windowsArePadded } from "./convolution.ts";
import { maxPool2dGradient } from "./maxPool2dGradient.ts";
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
  kernels: [maxPool("maxPool2d/vec4", 4), maxPool("maxPool2d/scalar", 1)],
  cost: ({ outputs, attributes: { kernel, inputShape } }) => {
    const results = elementCount(outputs[0]?.shape ?? []);
    return { flops: results * kernel[0] * kernel[1], bytes: 4 * (elementCount(inputShape) + 2 * results) };
  },
});

function maxPool(file: "maxPool2d/vec4" | "maxPool2d/scalar", lanes: 1 | 4): Kernel<PoolAttributes> {
  return defineKernel<typeof file, PoolAttributes>({
    file,
    accepts: (request) => lanes === 1 || wholeChannels(request),
    constants: ({ attributes }) => ({
      PADDED: Number(windowsArePadded("maxPool2d", attributes)),
      ADAPTIVE: Number(attributes.bins !== undefined),
    }),
    params: ({ attributes }) => poolParams("maxPool2d", attributes),
    workgroups: outputGroups(lanes),
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
