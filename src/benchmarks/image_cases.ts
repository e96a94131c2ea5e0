import type { Op } from "../graph/op.ts";
import type { Tensor } from "../graph/tensor.ts";
import type { Shape } from "../kernels/types.ts";
import { averagePool2dOp } from "../ops/averagePool2d.ts";
import { averagePool2dGradientOp } from "../ops/averagePool2dGradient.ts";
import { sizeAt } from "../ops/checks.ts";
import { resolveGeometry } from "../ops/convolution.ts";
import { maxPool2dOp } from "../ops/maxPool2d.ts";
import { resizeBilinearOp } from "../ops/resizeBilinear.ts";
import { resizeBilinearGradientOp } from "../ops/resizeBilinearGradient.ts";
import { resizeNearestOp } from "../ops/resizeNearest.ts";
import type { ResizeAttributes } from "../ops/resizing.ts";
import type { KernelCase } from "./kernel_case.ts";
import { kernelCase } from "./kernel_case.ts";

/** Images of so many, so wide and high, of so many channels. */
interface Images {
  readonly batch: number;
  readonly side: number;
  readonly channels: number;
}

const shapeOf = ({ batch, side, channels }: Images): Shape => [batch, side, side, channels];

/** Places in the image cannot be left out of a check, batch and channels can. */
const sample = { b: 2, c: 8 };

/** Windows of 3 × 3 that overlap, every other pixel, as after the first layer of a residual network. */
function overlapCases(images: Images): KernelCase[] {
  const { batch, side, channels } = images;
  const name = `3×3, stride 2, ${side}²·${channels}, batch ${batch}`;
  const windows = (inputShape: Shape) => ({
    ...resolveGeometry("pooling", inputShape, [3, 3], { stride: 2, padding: 1 }),
    inputShape,
    countIncludePad: false,
  });
  const image = { shape: shapeOf(images), axes: "bhwc" };
  const pooled = { shape: [batch, Math.ceil(side / 2), Math.ceil(side / 2), channels], axes: "bpqc" };
  const pool = { case: name, inputs: [image], sample };
  return [
    // Whole: the places of maxima are those in the whole image.
    kernelCase(maxPool2dOp, ([x]) => windows(shapeIn(x)), {
      ...pool,
      outputAxes: ["bpqc", "bpqc"],
      sample: {},
    }),
    kernelCase(averagePool2dOp, ([x]) => windows(shapeIn(x)), { ...pool, outputAxes: ["bpqc"] }),
    kernelCase(averagePool2dGradientOp, ([dy]) => windows(ofSide(shapeIn(dy), 2 * sizeAt(shapeIn(dy), 1))), {
      case: name,
      inputs: [pooled],
      outputAxes: ["bhwc"],
      sample,
    }),
  ];
}

/** Images made twice as large, as between the levels of a decoder. */
function upsampleCases(images: Images): KernelCase[] {
  const { batch, side, channels } = images;
  const twice = 2 * side;
  const name = `${side}² → ${twice}², ${channels} channels, batch ${batch}`;
  const doubled = (shape: Shape): ResizeAttributes => {
    const size = 2 * sizeAt(shape, 1);
    return { inputShape: shape, size: [size, size], coordinates: "halfPixel" };
  };
  const upsample = (op: Op<ResizeAttributes>) =>
    kernelCase(op, ([x]) => doubled(shapeIn(x)), {
      case: name,
      inputs: [{ shape: shapeOf(images), axes: "bhwc" }],
      outputAxes: ["bpqc"],
      sample,
    });
  return [
    upsample(resizeNearestOp),
    upsample(resizeBilinearOp),
    kernelCase(resizeBilinearGradientOp, ([dy]) => doubled(ofSide(shapeIn(dy), sizeAt(shapeIn(dy), 1) / 2)), {
      case: name,
      inputs: [{ shape: shapeOf({ ...images, side: twice }), axes: "bpqc" }],
      outputAxes: ["bhwc"],
      sample,
    }),
  ];
}

/** Poolings and resizes at sizes of image networks. */
export const imageCases: readonly KernelCase[] = [
  ...overlapCases({ batch: 16, side: 56, channels: 64 }),
  ...upsampleCases({ batch: 16, side: 28, channels: 64 }),
];

function shapeIn(tensor: Tensor | undefined): Shape {
  if (!tensor) throw new Error("internal: a case has too few inputs");
  return tensor.shape;
}

const ofSide = (shape: Shape, side: number): Shape => [sizeAt(shape, 0), side, side, sizeAt(shape, 3)];
