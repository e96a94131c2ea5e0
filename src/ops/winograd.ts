import "../kernels/generated/winogradFilter.ts";
import "../kernels/generated/winogradFilterGradient.ts";
import "../kernels/generated/winogradInput.ts";
import "../kernels/generated/winogradInputGradient.ts";
import "../kernels/generated/winogradOutput.ts";
import "../kernels/generated/winogradOutputGradient.ts";
import type { EpilogueAttributes, Op } from "../graph/op.ts";
import { defineOp } from "../graph/op.ts";
import { apply } from "../graph/tensor.ts";
import type { Cost, Kernel, KernelRequest } from "../kernels/kernel.ts";
import { defineKernel } from "../kernels/kernel.ts";
import type { Shape, TensorType } from "../kernels/types.ts";
import { ceilDivide, elementCount, formatShape, sameShape } from "../kernels/types.ts";
import { expectInput, shapeError, sizeAt } from "./checks.ts";
import type { Padding, Pair } from "./convolution.ts";
import { expectImage, windowCounts } from "./convolution.ts";
import { epilogueBindings } from "./epilogue.ts";

/**
 * The three linear maps of Winograd's convolution F(2 × 2, 3 × 3) (Lavin and Gray, arXiv 1509.09308), and their
 * adjoints. With a tile for each 2 × 2 results of a 3 × 3 convolution of stride 1: the tile's 4 × 4 pixels become
 * v = Bᵀ d B, the filters u = G g Gᵀ, their 16 products m = Σ v ⊙ u over the channels, and the results y = Aᵀ m A. Each
 * map's gradient is its adjoint and the reverse, and so they are in one file. Channels and filters are multiples of 4.
 */

/** An image under windows of 3 × 3, one pixel apart. */
export interface TiledImage {
  /** Batch, height, width, channels. */
  readonly inputShape: Shape;
  readonly padding: Padding;
}

/** What tiles of 2 × 2 make up. */
export interface TiledResult {
  /** Batch, height, width, filters. */
  readonly resultShape: Shape;
}

export type WinogradOutputAttributes = TiledResult & EpilogueAttributes;

/** Values of a tile in the transformed domain. */
const planes = 16;
const kernel: Pair = [3, 3];
const one: Pair = [1, 1];

/** Rows and columns of tiles over a result; those at the end of an odd one reach past it. */
const tilesOver = (height: number, width: number): Pair => [ceilDivide(height, 2), ceilDivide(width, 2)];

function imageTiles(op: string, { inputShape, padding }: TiledImage): Pair {
  return tilesOver(...windowCounts(op, inputShape, { kernel, stride: one, dilation: one, padding }));
}

const resultTiles = ({ resultShape }: TiledResult): Pair =>
  tilesOver(sizeAt(resultShape, 1), sizeAt(resultShape, 2));

/** [16, tiles, channels or filters] */
function transformedShape(image: Shape, [down, across]: Pair): Shape {
  return [planes, sizeAt(image, 0) * down * across, sizeAt(image, 3)];
}

function expectShape(op: string, inputs: readonly TensorType[], expected: Shape): void {
  const { shape } = expectInput(op, inputs, 0, expected.length);
  if (!sameShape(shape, expected)) {
    throw shapeError(op, inputs, "the input does not fit the tiles", formatShape(expected));
  }
}

/** Kernels move four channels or filters at a time. @throws ShapeError where some are left over */
function expectWholeVectors(op: string, inputs: readonly TensorType[], ...sizes: readonly number[]): void {
  if (sizes.every((size) => size % 4 === 0)) return;
  throw shapeError(op, inputs, "channels or filters are no multiple of 4", "whole vectors of four");
}

const f32 = (shape: Shape): TensorType[] => [{ shape, dtype: "f32" }];

/** Additions for each channel of a tile or of a filter, and what is read and written once. */
const costOf =
  (side: "inputs" | "outputs", additions: number) =>
  (request: KernelRequest<never>): Cost => {
    const transformed = elementCount(request[side][0]?.shape ?? []);
    const touched = [...request.inputs, ...request.outputs].reduce(
      (sum, { shape }) => sum + elementCount(shape),
      0,
    );
    return { flops: additions * (transformed / planes), bytes: 4 * touched };
  };

/** For one invocation four numbers of so many. */
const invocations = (count: number) => ceilDivide(count / 4, 64);

/** For one invocation four channels of a tile. */
const tileGroups = (side: "inputs" | "outputs") => (request: KernelRequest<never>) =>
  invocations(elementCount(request[side][0]?.shape ?? []) / planes);

function imageParams(op: string, attributes: TiledImage) {
  const { inputShape, padding } = attributes;
  const [down, across] = imageTiles(op, attributes);
  return {
    batch: sizeAt(inputShape, 0),
    height: sizeAt(inputShape, 1),
    width: sizeAt(inputShape, 2),
    channels: sizeAt(inputShape, 3),
    tiles_down: down,
    tiles_across: across,
    pad_top: padding.top,
    pad_left: padding.left,
  };
}

function resultParams({ attributes }: KernelRequest<TiledResult>) {
  const { resultShape } = attributes;
  const [down, across] = resultTiles(attributes);
  return {
    batch: sizeAt(resultShape, 0),
    out_height: sizeAt(resultShape, 1),
    out_width: sizeAt(resultShape, 2),
    filters: sizeAt(resultShape, 3),
    tiles_down: down,
    tiles_across: across,
  };
}

/** Pairs of rows or columns of the padded image that touch the image. */
const pairsAlong = (before: number, size: number) =>
  Math.floor((before + size - 1) / 2) - Math.floor(before / 2) + 1;

/** Pairs of columns an invocation: many where an invocation is dear, one where invocations hide each other's waiting. */
const runs = { gpu: 1, software: 8 } as const;

function inputGradientKernel(run: number): Kernel<TiledImage> {
  return defineKernel<"winogradInputGradient/vec4", TiledImage>({
    file: "winogradInputGradient/vec4",
    variant: { RUN: run },
    suits: (_, traits) => traits.software === (run !== runs.gpu),
    params: ({ attributes }) => imageParams("winogradInputGradient", attributes),
    workgroups: ({ attributes: { inputShape, padding } }) => {
      const [batch = 1, height = 1, width = 1, channels = 1] = inputShape;
      const across = ceilDivide(pairsAlong(padding.left, width), run);
      return invocations(batch * pairsAlong(padding.top, height) * across * channels);
    },
  });
}

const input: Op<TiledImage> = defineOp<TiledImage>({
  name: "winogradInput",
  inputs: ["x"],
  outputs: ["out"],
  type: (inputs, attributes) => {
    expectImage("winogradInput", inputs, 0, attributes.inputShape);
    expectWholeVectors("winogradInput", inputs, sizeAt(attributes.inputShape, 3));
    return f32(transformedShape(attributes.inputShape, imageTiles("winogradInput", attributes)));
  },
  vjp: (dv, _, attributes) => [apply(inputGradient, [dv], attributes)],
  kernels: [
    defineKernel<"winogradInput/vec4", TiledImage>({
      file: "winogradInput/vec4",
      params: ({ attributes }) => imageParams("winogradInput", attributes),
      workgroups: tileGroups("outputs"),
    }),
  ],
  cost: costOf("outputs", 32),
});

const inputGradient: Op<TiledImage> = defineOp<TiledImage>({
  name: "winogradInputGradient",
  inputs: ["dv"],
  outputs: ["out"],
  type: (inputs, attributes) => {
    const tiles = imageTiles("winogradInputGradient", attributes);
    expectShape("winogradInputGradient", inputs, transformedShape(attributes.inputShape, tiles));
    expectWholeVectors("winogradInputGradient", inputs, sizeAt(attributes.inputShape, 3));
    return f32(attributes.inputShape);
  },
  vjp: (dx, _, attributes) => [apply(input, [dx], attributes)],
  kernels: [inputGradientKernel(runs.software), inputGradientKernel(runs.gpu)],
  cost: costOf("inputs", 32),
});

type FilterFile = `winogradFilter${"" | "Gradient"}/vec4`;

/** Channels and filters count together: the transform is the same for each pair of them. */
function filterKernel(file: FilterFile): Kernel<null> {
  const pairs = ({ inputs }: KernelRequest<null>) =>
    sizeAt(inputs[0]?.shape ?? [], -1) * sizeAt(inputs[0]?.shape ?? [], -2);
  return defineKernel<FilterFile, null>({
    file,
    params: (request) => ({ pairs: pairs(request) }),
    workgroups: (request) => invocations(pairs(request)),
  });
}

const filter: Op<null> = defineOp<null>({
  name: "winogradFilter",
  inputs: ["weights"],
  outputs: ["out"],
  type: (inputs) => {
    const [channels = 0, filters = 0] = expectInput("winogradFilter", inputs, 0, 4).shape.slice(2);
    expectShape("winogradFilter", inputs, [...kernel, channels, filters]);
    expectWholeVectors("winogradFilter", inputs, channels, filters);
    return f32([planes, channels, filters]);
  },
  vjp: (du) => [apply(filterGradient, [du], null)],
  kernels: [filterKernel("winogradFilter/vec4")],
  cost: costOf("outputs", 42),
});

const filterGradient: Op<null> = defineOp<null>({
  name: "winogradFilterGradient",
  inputs: ["du"],
  outputs: ["out"],
  type: (inputs) => {
    const [channels = 0, filters = 0] = expectInput("winogradFilterGradient", inputs, 0, 3).shape.slice(1);
    expectShape("winogradFilterGradient", inputs, [planes, channels, filters]);
    expectWholeVectors("winogradFilterGradient", inputs, channels, filters);
    return f32([...kernel, channels, filters]);
  },
  vjp: (dw) => [apply(filter, [dw], null)],
  kernels: [filterKernel("winogradFilterGradient/vec4")],
  cost: costOf("inputs", 42),
});

const outputFused = {
  ...epilogueBindings<WinogradOutputAttributes>(["m"], "out"),
  params: resultParams,
};

const output: Op<WinogradOutputAttributes> = defineOp<WinogradOutputAttributes>({
  name: "winogradOutput",
  inputs: ["m"],
  outputs: ["out"],
  type: (inputs, attributes) => {
    const { resultShape } = attributes;
    expectShape("winogradOutput", inputs, transformedShape(resultShape, resultTiles(attributes)));
    expectWholeVectors("winogradOutput", inputs, sizeAt(resultShape, 3));
    return f32(resultShape);
  },
  vjp: (dy, _, { resultShape }) => [apply(outputGradient, [dy], { resultShape })],
  acceptsEpilogue: ["bias", "operand"],
  kernels: [
    defineKernel<"winogradOutput/vec4", WinogradOutputAttributes>({
      file: "winogradOutput/vec4",
      ...outputFused,
      workgroups: tileGroups("inputs"),
    }),
  ],
  cost: costOf("inputs", 24),
});

const outputGradient: Op<TiledResult> = defineOp<TiledResult>({
  name: "winogradOutputGradient",
  inputs: ["dy"],
  outputs: ["out"],
  type: (inputs, attributes) => {
    const { resultShape } = attributes;
    expectImage("winogradOutputGradient", inputs, 0, resultShape);
    expectWholeVectors("winogradOutputGradient", inputs, sizeAt(resultShape, 3));
    return f32(transformedShape(resultShape, resultTiles(attributes)));
  },
  vjp: (dm, _, attributes) => [apply(output, [dm], attributes)],
  kernels: [
    defineKernel<"winogradOutputGradient/vec4", TiledResult>({
      file: "winogradOutputGradient/vec4",
      params: resultParams,
      workgroups: tileGroups("outputs"),
    }),
  ],
  cost: costOf("outputs", 12),
});

export const winogradOps = { input, inputGradient, filter, filterGradient, output, outputGradient };
