import "../kernels/generated/warpAffine.ts";
import { UsageError } from "../device/errors.ts";
import { defineOp } from "../graph/op.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import { defineKernel } from "../kernels/kernel.ts";
import { ceilDivide, elementCount, sameShape } from "../kernels/types.ts";
import { expectInput, shapeError, sizeAt } from "./checks.ts";

/** How pixels between pixels come about. */
export type Interpolation = "bilinear" | "nearest";

/** What is taken for what lies beyond an image: zeros, or the nearest pixel of its border. */
export type Surroundings = "zero" | "border";

export interface WarpOptions {
  /** `bilinear` by default. */
  readonly interpolation?: Interpolation | undefined;
  /** `zero` by default. */
  readonly fill?: Surroundings | undefined;
  /** Height and width of the result; the image's by default. */
  readonly size?: readonly [number, number] | undefined;
}

interface WarpAttributes {
  readonly interpolation: Interpolation;
  readonly fill: Surroundings;
  readonly height: number;
  readonly width: number;
}

export const warpAffineOp = defineOp<WarpAttributes>({
  name: "warpAffine",
  inputs: ["x", "matrices"],
  outputs: ["out"],
  type: (inputs, { height, width }) => {
    const { shape } = expectInput("warpAffine", inputs, 0, 4);
    const matrices = expectInput("warpAffine", inputs, 1, 3);
    const [batch, channels] = [sizeAt(shape, 0), sizeAt(shape, 3)];
    if (!sameShape(matrices.shape, [batch, 2, 3])) {
      const problem = "there is not one matrix for each image";
      throw shapeError("warpAffine", inputs, problem, "f32[batch, h, w, c] and f32[batch, 2, 3]");
    }
    return [{ shape: [batch, height, width, channels], dtype: "f32" }];
  },
  kernels: [
    defineKernel<"warpAffine/warpAffine", WarpAttributes>({
      file: "warpAffine/warpAffine",
      constants: ({ attributes: { interpolation, fill } }) => ({
        NEAREST: Number(interpolation === "nearest"),
        BORDER: Number(fill === "border"),
      }),
      params: ({ inputs, outputs, attributes }) => {
        const [, height = 0, width = 0, channels = 0] = inputs[0]?.shape ?? [];
        const count = elementCount(outputs[0]?.shape ?? []);
        return { count, height, width, channels, out_height: attributes.height, out_width: attributes.width };
      },
      workgroups: ({ outputs }) => ceilDivide(elementCount(outputs[0]?.shape ?? []), 4 * 64),
    }),
  ],
  // Neighbours read nearly the same pixels: each is fetched about once.
  cost: ({ inputs, outputs }) => {
    const [read, written] = [elementCount(inputs[0]?.shape ?? []), elementCount(outputs[0]?.shape ?? [])];
    return { flops: 25 * written, bytes: 4 * (read + written) };
  },
});

/**
 * Each image seen through an affine map of its own: out[b, i, j] is image b at
 *
 *     (row, column) = M[b] · (i − (H − 1) / 2, j − (W − 1) / 2, 1) + ((h − 1) / 2, (w − 1) / 2)
 *
 * so that M is relative to the centres of result and image: [[1, 0, 0], [0, 1, 0]] takes the image as it is, a last column
 * (t, u) moves what is shown up by t and left by u pixels, and a rotation turns it about its centre. As PyTorch's
 * `grid_sample` of `affine_grid`, in pixels. Not differentiable: it is for data.
 * @param x [batch, h, w, channels]
 * @param matrices f32 [batch, 2, 3]
 * @param options `interpolation`, `fill`, `size` [H, W]
 * @returns [batch, H, W, channels]
 * @throws ShapeError where there is not one matrix for each image; UsageError where the size is none
 */
export function warpAffine(x: Tensor, matrices: Tensor, options: WarpOptions = {}): Tensor {
  const { interpolation = "bilinear", fill = "zero", size = [x.shape[1] ?? 1, x.shape[2] ?? 1] } = options;
  const [height, width] = size;
  if (![height, width].every((length) => Number.isSafeInteger(length) && length >= 1)) {
    const expected = "two positive integers";
    throw new UsageError({
      where: "warpAffine",
      problem: "wrong size",
      got: `[${size.join(", ")}]`,
      expected,
    });
  }
  return apply(warpAffineOp, [x, matrices], { interpolation, fill, height, width });
}
