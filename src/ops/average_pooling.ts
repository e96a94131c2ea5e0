import type { Op } from "../graph/op.ts";
import { defineOp } from "../graph/op.ts";
import { apply } from "../graph/tensor.ts";
import type { KernelRequest } from "../kernels/kernel.ts";
import { defineKernel } from "../kernels/kernel.ts";
import { elementCount } from "../kernels/types.ts";
import { expectImage } from "./convolution.ts";
import type { PoolAttributes } from "./pooling.ts";
import {
  countedParams,
  outputGroups,
  pooledShape,
  poolParams,
  unpooledType,
  wholeChannels,
} from "./pooling.ts";

export interface AveragePoolAttributes extends PoolAttributes {
  /** Padding counts as zeros; otherwise a window's mean is that of its taps inside the image. */
  readonly countIncludePad: boolean;
}

/** Average pooling and its adjoint, each of them the other's gradient, and so in one file. */
const average: Op<AveragePoolAttributes> = defineOp<AveragePoolAttributes>({
  name: "averagePool2d",
  inputs: ["x"],
  outputs: ["out"],
  type: (inputs, attributes) => {
    expectImage("averagePool2d", inputs, 0, attributes.inputShape);
    return [{ shape: pooledShape("averagePool2d", attributes), dtype: "f32" }];
  },
  vjp: (dy, _, attributes) => [apply(spread, [dy], attributes)],
  kernels: [pool("averagePool2d/vec4", 4), pool("averagePool2d/scalar", 1)],
  cost,
});

const spread: Op<AveragePoolAttributes> = defineOp<AveragePoolAttributes>({
  name: "averagePool2dGradient",
  inputs: ["dy"],
  outputs: ["out"],
  type: (inputs, attributes) => [unpooledType("averagePool2dGradient", inputs, attributes)],
  vjp: (du, _, attributes) => [apply(average, [du], attributes)],
  kernels: [pool("averagePool2dGradient/gather_vec4", 4), pool("averagePool2dGradient/gather", 1)],
  cost,
});

export const averagePooling = { average, spread };

type File =
  | "averagePool2d/vec4"
  | "averagePool2d/scalar"
  | "averagePool2dGradient/gather_vec4"
  | "averagePool2dGradient/gather";

function pool(file: File, lanes: 1 | 4) {
  return defineKernel<File, AveragePoolAttributes>({
    file,
    accepts: (request) => lanes === 1 || wholeChannels(request),
    constants: ({ attributes: { countIncludePad, bins } }) => ({
      COUNT_PADDING: Number(countIncludePad && bins === undefined),
      ADAPTIVE: Number(bins !== undefined),
    }),
    params: ({ attributes }) => ({
      ...poolParams("averagePool2d", attributes),
      ...countedParams(attributes),
    }),
    workgroups: outputGroups(lanes),
  });
}

/** Both read one side and write the other; each window's taps are added, or spread, and the mean divided. */
function cost({ inputs, outputs, attributes: { kernel, inputShape } }: KernelRequest<AveragePoolAttributes>) {
  const both = elementCount(inputs[0]?.shape ?? []) + elementCount(outputs[0]?.shape ?? []);
  const windows = both - elementCount(inputShape);
  return { flops: windows * (kernel[0] * kernel[1] + 1), bytes: 4 * both };
}
