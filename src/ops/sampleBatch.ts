import "../kernels/generated/sampleBatch.ts";
import { defineOp } from "../graph/op.ts";
import type { Tensor } from "../graph/tensor.ts";
import { record } from "../graph/tensor.ts";
import type { KernelRequest } from "../kernels/kernel.ts";
import { defineKernel } from "../kernels/kernel.ts";
import { ceilDivide, elementCount } from "../kernels/types.ts";
import { expectInput, shapeError } from "./checks.ts";

export interface SampleBatchAttributes {
  readonly batchSize: number;
  /** Height, width, channels. */
  readonly imageShape: readonly [number, number, number];
  /** Positions of the permutation in use; a batch that reaches past them is filled up. */
  readonly count: number;
  /** Of pixels between 0 and 1. */
  readonly mean: number;
  readonly standardDeviation: number;
}

/** The label of a place in a batch that no image fills: losses ignore it. */
export const ignoredLabel = 0xffffffff;

export const sampleBatchOp = defineOp<SampleBatchAttributes>({
  name: "sampleBatch",
  inputs: ["images", "labels", "permutation"],
  outputs: ["x", "y"],
  type: (inputs, { batchSize, imageShape, count }) => {
    expectInput("sampleBatch", inputs, 0, 1, "u32");
    expectInput("sampleBatch", inputs, 1, 1, "u32");
    const permutation = expectInput("sampleBatch", inputs, 2, 1, "u32");
    if (count > elementCount(permutation.shape)) {
      throw shapeError("sampleBatch", inputs, "the permutation is too short", `${count} positions`);
    }
    return [
      { shape: [batchSize, ...imageShape], dtype: "f32" },
      { shape: [batchSize], dtype: "u32" },
    ];
  },
  kernels: [
    defineKernel<"sampleBatch/sampleBatch", SampleBatchAttributes>({
      file: "sampleBatch/sampleBatch",
      constants: ({ attributes }) => ({ WHOLE: Number(elementCount(attributes.imageShape) % 4 === 0) }),
      params: ({ attributes: { batchSize, imageShape, count, mean, standardDeviation } }) => ({
        batch: batchSize,
        size: elementCount(imageShape),
        count,
        scale: 1 / (255 * standardDeviation),
        shift: -mean / standardDeviation,
      }),
      workgroups: (request) => ceilDivide(Math.max(vectors(request), request.attributes.batchSize), 64),
    }),
  ],
  // A gather reads what it writes; its sources are far larger.
  cost: (request) => {
    const { batchSize, imageShape } = request.attributes;
    const pixels = batchSize * elementCount(imageShape);
    return { flops: 2 * pixels, bytes: pixels + 4 * pixels + 9 * batchSize };
  },
});

const vectors = ({ outputs }: KernelRequest) => ceilDivide(elementCount(outputs[0]?.shape ?? []), 4);

/**
 * The step's batch of a dataset that lies on the GPU as bytes: row i holds image permutation[batchStart + i], with
 * `batchStart` from the step, normalised to (pixel / 255 − mean) / standardDeviation.
 * @param images u32, the images' bytes, four to a word, the first lowest
 * @param labels u32, a byte a label, packed likewise
 * @param permutation u32, numbers of images in the order of the epoch
 * @returns x, f32 [batch, height, width, channels], and y, u32 [batch]; from position `count` on, zeros and
 *   `ignoredLabel`
 */
export function sampleBatch(
  images: Tensor,
  labels: Tensor,
  permutation: Tensor,
  attributes: SampleBatchAttributes,
): readonly Tensor[] {
  return record(sampleBatchOp, [images, labels, permutation], attributes);
}
