import type { State } from "../graph/leaves.ts";
import type { Tensor } from "../graph/tensor.ts";
import type { Shape } from "../kernels/types.ts";

/** What is to be predicted of an example. */
export type Target = LabelTarget | ValueTarget;

/** One class of several. */
export interface LabelTarget {
  readonly kind: "labels";
  readonly classes: readonly string[];
}

/** Numbers: a regression. */
export interface ValueTarget {
  readonly kind: "values";
  readonly names: readonly string[];
  /** The mean of each over the dataset. */
  readonly means: readonly number[];
  /** The variance of each, dividing by the count. */
  readonly variances: readonly number[];
}

/** Examples in host memory with what is to be predicted of each: what a trainer takes. */
export interface Dataset {
  readonly name: string;
  /** The number of examples. */
  readonly count: number;
  /** Of one example: [height, width, channels] of an image, [features] of a table's row. */
  readonly shape: Shape;
  readonly target: Target;
  /** What examples are called in messages and reports: `images`, `rows`. */
  readonly unit: string;
  /** The first `n` examples, or all where there are fewer. @throws UsageError unless n ≥ 1 */
  take(n: number): Dataset;
  /** Its examples as state of a device. */
  store(): StoredExamples;
}

/** A dataset that can give any of its examples as a dataset of its own kind. */
export interface Selectable<Kind extends Dataset> extends Dataset {
  /** The examples with these numbers, in this order, copied. */
  select(indices: Uint32Array, name: string): Kind;
}

/** Examples on a device. */
export interface StoredExamples {
  readonly states: readonly State[];
  /** The batch at the step's `batchStart` of an order of the examples. */
  batch(order: Tensor, batchSize: number): Batch;
}

/** A batch as a step sees it. */
export interface Batch {
  /** f32 [batch, …an example's shape], normalised. */
  readonly x: Tensor;
  /**
   * Labels u32 [batch], `ignoredLabel` where the dataset has ended; or values f32 [batch, values]; or, made of labels by an
   * augmentation that mixes, distributions f32 [batch, classes].
   */
  readonly y: Tensor;
  /** Where the targets are values: f32 [batch], 1, but 0 where the dataset has ended. */
  readonly present?: Tensor | undefined;
}

/**
 * What turns a pixel into a network's input: (pixel / 255 − mean) / standardDeviation. A number is for all channels; a list
 * has one for each.
 */
export interface Normalisation {
  readonly mean: number | readonly number[];
  readonly standardDeviation: number | readonly number[];
}

export interface ImageDatasetFields {
  readonly name: string;
  /** Pixels in NHWC order, `count · h · w · c` bytes. */
  readonly images: Uint8Array;
  /** Class indices, `count` bytes. */
  readonly labels: Uint8Array;
  /** One image: [height, width, channels]. */
  readonly shape: readonly [number, number, number];
  readonly classes: readonly string[];
  readonly normalisation: Normalisation;
}
