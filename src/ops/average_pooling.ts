import "../kernels/generated/averagePool2d.ts";
import "../kernels/generated/averagePool2dGradient.ts";
import type { Op } from "../graph/op.ts";
import { defineOp } from "../graph/op.ts";
import { apply } from "../graph/tensor.ts";
import type { KernelRequest } from "../kernels/kernel.ts";
import { defineKernel } from "../kernels/kernel.ts";
import { elementCount } from "../kernels/types.ts";
import { expectImage, windowsArePadded } from "./convolution.ts";
import type { PixelRun } from "./pixel_runs.ts";
import { pixelRunGroups, pixelRunSuits, pixelRuns } from "./pixel_runs.ts";
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
  kernels: [...pixelRuns.map((run) => inRuns("averagePool2d/vec4", run)), ofOne("averagePool2d/scalar")],
  cost,
});

const spread: Op<AveragePoolAttributes> = defineOp<AveragePoolAttributes>({
  name: "averagePool2dGradient",
  inputs: ["dy"],
  outputs: ["out"],
  type: (inputs, attributes) => [unpooledType("averagePool2dGradient", inputs, attributes)],
  vjp: (du, _, attributes) => [apply(average, [du], attributes)],
  kernels: [
    ...pixelRuns.map((run) => inRuns("averagePool2dGradient/gather_vec4", run)),
    ofOne("averagePool2dGradient/gather"),
  ],
  cost,
});

export const averagePooling = { average, spread };

type Request = KernelRequest<AveragePoolAttributes>;

function constants({ attributes }: Request) {
  const { countIncludePad, bins } = attributes;
  return {
    COUNT_PADDING: Number(countIncludePad && bins === undefined),
    ADAPTIVE: Number(bins !== undefined),
  };
}

/** The adjoint divides by each window's taps, and looks which windows have one on a pixel. */
function adjointConstants(request: Request) {
  const { countIncludePad, bins, overhang = [0, 0], dilation } = request.attributes;
  const counted = countIncludePad && overhang.every((size) => size === 0);
  const padded = windowsArePadded("averagePool2d", request.attributes);
  return {
    ...constants(request),
    UNEVEN: Number(bins !== undefined || (padded && !counted)),
    DILATED: Number(dilation.some((distance) => distance > 1)),
  };
}

function params({ attributes }: Request) {
  return { ...poolParams("averagePool2d", attributes), ...countedParams(attributes) };
}

function inRuns(file: "averagePool2d/vec4" | "averagePool2dGradient/gather_vec4", run: PixelRun) {
  return defineKernel<typeof file, AveragePoolAttributes>({
    file,
    variant: { RUN: run },
    accepts: wholeChannels,
    suits: (_, traits) => pixelRunSuits(run, traits),
    constants: file === "averagePool2d/vec4" ? constants : adjointConstants,
    params,
    workgroups: pixelRunGroups(run),
  });
}

function ofOne(file: "averagePool2d/scalar" | "averagePool2dGradient/gather") {
  return defineKernel<typeof file, AveragePoolAttributes>({
    file,
    constants: file === "averagePool2d/scalar" ? constants : adjointConstants,
    params,
    workgroups: outputGroups(1),
  });
}

/** Both read one side and write the other; each window's taps are added, or spread, and the mean divided. */
function cost({ inputs, outputs, attributes: { kernel, inputShape } }: Request) {
  const both = elementCount(inputs[0]?.shape ?? []) + elementCount(outputs[0]?.shape ?? []);
  const windows = both - elementCount(inputShape);
  return { flops: windows * (kernel[0] * kernel[1] + 1), bytes: 4 * both };
}
