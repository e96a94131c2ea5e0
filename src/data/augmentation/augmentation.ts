import { UsageError } from "../../device/errors.ts";
import type { Tensor } from "../../graph/tensor.ts";
import type { Interpolation, Surroundings } from "../../ops/warpAffine.ts";
import type { Settings } from "../../optim/gradient_transform.ts";
import type { Batch } from "../dataset_types.ts";
import type { Affine } from "./affine.ts";

/** Changes batches at random before a training step uses them, never those of an evaluation. */
export interface Augmentation {
  readonly name: string;
  /** Of its steps, for records of runs. */
  readonly settings: Settings;
  /**
   * @param batch x f32 [batch, height, width, channels], normalised
   * @returns the batch augmented: y is changed by what mixes examples alone
   */
  apply(batch: Batch): Batch;
}

/** A part of a pipeline. */
export type AugmentationStep = GeometricStep | ImageStep;

interface StepFields {
  readonly name: string;
  readonly settings: Settings;
}

/** Moves pixels: several in a row are one resampling. */
export interface GeometricStep extends StepFields {
  readonly kind: "geometric";
  readonly interpolation: Interpolation;
  readonly fill: Surroundings;
  /** A map of each example, relative to the centres, and the size of what it gives. */
  place(
    batchSize: number,
    size: ImageSize,
    streams: Streams,
  ): { readonly map: Affine; readonly size: ImageSize };
}

/** Changes pixels, or mixes examples. */
export interface ImageStep extends StepFields {
  readonly kind: "image";
  apply(batch: Batch, streams: Streams): Batch;
}

export type ImageSize = readonly [height: number, width: number];

/** Augmentations draw from these streams on; models' layers have those below. */
const FIRST_STREAM = 0xa000_0000;

/** Streams of random numbers, a new one for each draw of a pipeline. */
export class Streams {
  #next = FIRST_STREAM;

  next(): number {
    return this.#next++;
  }
}

/** The sizes of a batch of images. @throws UsageError where it is none */
export function imageSizes(name: string, x: Tensor): [number, number, number, number] {
  const [batch, height, width, channels] = x.shape;
  if (x.shape.length === 4 && batch && height && width && channels) return [batch, height, width, channels];
  throw new UsageError({
    where: `augment.${name}`,
    problem: "the batch holds no images",
    got: `[${x.shape.join(", ")}]`,
    expected: "[batch, height, width, channels]",
  });
}

/** @throws UsageError unless the value fits */
export function expectOption(
  name: string,
  option: string,
  value: number,
  fits: boolean,
  expected: string,
): void {
  if (fits) return;
  throw new UsageError({
    where: `augment.${name}(${option})`,
    problem: "out of range",
    got: String(value),
    expected,
  });
}
