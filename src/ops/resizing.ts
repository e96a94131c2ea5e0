import { UsageError } from "../device/errors.ts";
import type { Op } from "../graph/op.ts";
import { defineOp } from "../graph/op.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import type { KernelRequest } from "../kernels/kernel.ts";
import { defineKernel } from "../kernels/kernel.ts";
import type { Shape, TensorType } from "../kernels/types.ts";
import { ceilDivide, elementCount } from "../kernels/types.ts";
import { shapeError, sizeAt } from "./checks.ts";
import type { Pair } from "./convolution.ts";
import { expectImage, pair } from "./convolution.ts";
import type { PixelRun } from "./pixel_runs.ts";
import { pixelRunGroups, pixelRunSuits, pixelRuns } from "./pixel_runs.ts";

/** What a user says of a resize: either the size or the scale. */
export interface ResizeOptions {
  /** Height and width of the result, or one number for both. */
  readonly size?: number | Pair;
  /** The result's size by the image's, rounded down; one number for both directions. */
  readonly scale?: number | Pair;
  /** The first and the last places of both images coincide; false by default. */
  readonly alignCorners?: boolean;
  /**
   * A pixel's place is its centre, so that the outer edges of both images coincide; true unless `alignCorners` is.
   * Where both are false, the first places coincide, as the old TensorFlow and PyTorch's `nearest` have it.
   */
  readonly halfPixelCenters?: boolean;
}

export type Coordinates = "halfPixel" | "alignCorners" | "asymmetric";

/** Gradients read the image's shape here, so that they need not keep the image. */
export interface ResizeAttributes {
  readonly inputShape: Shape;
  readonly size: Pair;
  readonly coordinates: Coordinates;
}

/** Fills the defaults in. @throws ShapeError, UsageError */
export function resizeAttributes(op: string, x: Tensor, options: ResizeOptions): ResizeAttributes {
  const { shape } = expectImage(op, [x.type], 0);
  const { size, scale, alignCorners = false, halfPixelCenters = !alignCorners } = options;
  if ((size === undefined) === (scale === undefined)) {
    const got = size === undefined ? "neither" : "both";
    throw new UsageError({
      where: op,
      problem: "the result's size is not clear",
      got,
      expected: "size or scale",
    });
  }
  if (alignCorners && halfPixelCenters) {
    const problem = "alignCorners and halfPixelCenters exclude each other";
    throw new UsageError({ where: op, problem, hint: "leave halfPixelCenters out" });
  }
  const [down, across] = pair(scale ?? 1);
  const scaled = [Math.floor(sizeAt(shape, 1) * down), Math.floor(sizeAt(shape, 2) * across)] as const;
  const coordinates = alignCorners ? "alignCorners" : halfPixelCenters ? "halfPixel" : "asymmetric";
  return { inputShape: shape, size: size === undefined ? scaled : pair(size), coordinates };
}

/** @throws ShapeError where the sizes are none, or too large for the kernels' whole numbers */
function resizedShape(op: string, { inputShape, size }: ResizeAttributes): Shape {
  const image: TensorType = { shape: inputShape, dtype: "f32" };
  if (!size.every((side) => Number.isInteger(side) && side > 0)) {
    throw shapeError(op, [image], `${size[0]} × ${size[1]} is no size of an image`, "positive integers");
  }
  if (size.some((side, axis) => 2 * side * (sizeAt(inputShape, 1 + axis) + 1) >= 2 ** 31)) {
    throw shapeError(op, [image], `${size[0]} × ${size[1]} is too large`, "sizes whose product is below 2³⁰");
  }
  return [sizeAt(inputShape, 0), ...size, sizeAt(inputShape, 3)];
}

type Method = "nearest" | "bilinear";

/** A resize and its adjoint: both are linear, and each is the other's gradient. */
interface Resizing {
  readonly resize: Op<ResizeAttributes>;
  readonly spread: Op<ResizeAttributes>;
}

function resizing(method: Method): Resizing {
  const name = method === "nearest" ? "resizeNearest" : "resizeBilinear";
  const resize: Op<ResizeAttributes> = defineOp<ResizeAttributes>({
    name,
    inputs: ["x"],
    outputs: ["out"],
    type: (inputs, attributes) => {
      expectImage(name, inputs, 0, attributes.inputShape);
      return [{ shape: resizedShape(name, attributes), dtype: "f32" }];
    },
    vjp: (dy, _, attributes) => [apply(spread, [dy], attributes)],
    kernels: [
      ...pixelRuns.map((run) => inRuns(method, `${name}/vec4`, run)),
      ofOne(method, `${name}/scalar`),
    ],
    cost: costOf(method),
  });
  const spread: Op<ResizeAttributes> = defineOp<ResizeAttributes>({
    name: `${name}Gradient`,
    inputs: ["dy"],
    outputs: ["out"],
    type: (inputs, attributes) => {
      expectImage(`${name}Gradient`, inputs, 0, resizedShape(`${name}Gradient`, attributes));
      return [{ shape: attributes.inputShape, dtype: "f32" }];
    },
    vjp: (du, _, attributes) => [apply(resize, [du], attributes)],
    kernels: [
      ...pixelRuns.map((run) => inRuns(method, `${name}Gradient/gather_vec4`, run)),
      ofOne(method, `${name}Gradient/gather`),
    ],
    cost: costOf(method),
  });
  return { resize, spread };
}

type Name = "resizeNearest" | "resizeBilinear";

function inRuns(method: Method, file: `${Name}/vec4` | `${Name}Gradient/gather_vec4`, run: PixelRun) {
  return defineKernel<typeof file, ResizeAttributes>({
    file,
    variant: { RUN: run },
    accepts: ({ attributes }) => sizeAt(attributes.inputShape, 3) % 4 === 0,
    suits: (_, traits) => pixelRunSuits(run, traits),
    params: ({ attributes }) => params(method, attributes),
    workgroups: pixelRunGroups(run),
  });
}

function ofOne(method: Method, file: `${Name}/scalar` | `${Name}Gradient/gather`) {
  return defineKernel<typeof file, ResizeAttributes>({
    file,
    params: ({ attributes }) => params(method, attributes),
    workgroups: ({ outputs }) => ceilDivide(elementCount(outputs[0]?.shape ?? []), 64),
  });
}

function params(method: Method, { inputShape, size, coordinates }: ResizeAttributes) {
  const y = placesOf(method, coordinates, sizeAt(inputShape, 1), size[0]);
  const x = placesOf(method, coordinates, sizeAt(inputShape, 2), size[1]);
  return {
    batch: sizeAt(inputShape, 0),
    height: sizeAt(inputShape, 1),
    width: sizeAt(inputShape, 2),
    channels: sizeAt(inputShape, 3),
    out_height: size[0],
    out_width: size[1],
    step_y: y.step,
    step_x: x.step,
    shift_y: y.shift,
    shift_x: x.shift,
    unit_y: y.unit,
    unit_x: x.unit,
  };
}

/**
 * Where place i of the result lies on the image's axis: (step · i + shift) / unit, in whole numbers. Nearest takes the
 * place rounded down, and so is shifted by half of one where a centre should find the nearest centre.
 */
function placesOf(method: Method, coordinates: Coordinates, size: number, resized: number) {
  const nearest = method === "nearest";
  switch (coordinates) {
    case "halfPixel":
      return { step: 2 * size, shift: nearest ? size : size - resized, unit: 2 * resized };
    case "alignCorners": {
      const gaps = Math.max(1, resized - 1);
      const half = nearest && resized > 1 ? gaps : 0;
      return { step: Math.max(1, 2 * (size - 1)), shift: half, unit: 2 * gaps };
    }
    case "asymmetric":
      return { step: size, shift: 0, unit: resized };
    default:
      return coordinates satisfies never;
  }
}

/** Each side is read or written once; a bilinear result takes three blends of three operations. */
function costOf(method: Method) {
  return ({ inputs, outputs, attributes: { inputShape, size } }: KernelRequest<ResizeAttributes>) => {
    const results = sizeAt(inputShape, 0) * size[0] * size[1] * sizeAt(inputShape, 3);
    const elements = elementCount(inputs[0]?.shape ?? []) + elementCount(outputs[0]?.shape ?? []);
    return { flops: method === "nearest" ? 0 : 9 * results, bytes: 4 * elements };
  };
}

export const resizings = { nearest: resizing("nearest"), bilinear: resizing("bilinear") };
