/** What page and worker say to each other. All training happens in the worker; the page only shows and asks. */
import type { Evaluation, statistics } from "../../index.browser.ts";
import type { Experiment } from "../experiment.ts";

/** From the page. A command with an `id` is answered by one `answer` or `failure` of the same id. */
export type Command =
  | {
      readonly kind: "start";
      readonly id: number;
      readonly experiment: Experiment;
      readonly from?: ResumePoint;
    }
  | { readonly kind: "pause"; readonly id: number }
  | { readonly kind: "resume"; readonly id: number }
  /** One step, then pause again. */
  | { readonly kind: "step"; readonly id: number }
  /** Ends the run; what it was stays on the page. */
  | { readonly kind: "stop"; readonly id: number }
  | { readonly kind: "learningRate"; readonly id: number; readonly value: number }
  /** One image of the dataset's shape, 0 to 255; answered by a `Drawn` while training goes on. */
  | { readonly kind: "predict"; readonly id: number; readonly image: Uint8Array<ArrayBuffer> }
  /** Answered by safetensors bytes: of the model alone, or of all that going on needs. */
  | { readonly kind: "save"; readonly id: number; readonly what: "model" | "training" }
  /** Weights of a file, put into the model of an experiment; training goes on from them. */
  | { readonly kind: "load"; readonly id: number; readonly experiment: Experiment; readonly bytes: Bytes }
  /** The visitor's own examples under a name that experiments then choose. */
  | { readonly kind: "ownData"; readonly id: number; readonly name: string; readonly files: readonly File[] }
  | { readonly kind: "bench"; readonly id: number; readonly pattern: string }
  | { readonly kind: "check"; readonly id: number; readonly pattern: string }
  /** Ends a bench or a check under way. */
  | { readonly kind: "cancel"; readonly id: number };

export type Bytes = Uint8Array<ArrayBuffer>;

/** Where a run goes on: the bytes of `save("training")`. */
export interface ResumePoint {
  readonly run: string;
  readonly bytes: Bytes;
}

/** From the worker. */
export type Report =
  | { readonly kind: "adapter"; readonly adapter: AdapterShown }
  | { readonly kind: "unsupported"; readonly reason: string }
  | { readonly kind: "state"; readonly state: TrainingState; readonly text: string }
  | { readonly kind: "progress"; readonly progress: Progress }
  | { readonly kind: "evaluation"; readonly evaluation: Shown }
  | { readonly kind: "filters"; readonly filters: Filters }
  /** The device was lost and training goes on from `step`. */
  | { readonly kind: "deviceLost"; readonly step: number; readonly text: string }
  /** Rows of a bench or a check, as they come. */
  | {
      readonly kind: "work";
      readonly id: number;
      readonly done: number;
      readonly of: number;
      readonly row: unknown;
    }
  | { readonly kind: "answer"; readonly id: number; readonly value: unknown }
  | { readonly kind: "failure"; readonly id: number; readonly problem: Problem };

export type TrainingState = "idle" | "loading" | "compiling" | "training" | "testing" | "paused" | "finished";

/** What went wrong, and beside which control it is shown: a path into the experiment such as `settings.learningRate`. */
export interface Problem {
  readonly message: string;
  readonly field?: string;
}

export interface AdapterShown {
  readonly name: string;
  readonly software: boolean;
}

/** A submit of steps. */
export interface Progress {
  readonly epoch: number;
  readonly epochs: number;
  /** Steps done, and steps of the whole run. */
  readonly step: number;
  readonly lastStep: number;
  readonly losses: Float32Array;
  readonly accuracies: Float32Array;
  readonly learningRate: number;
  readonly imagesPerSecond: number;
  readonly stepMilliseconds: number;
  /** Means over the submit's steps, in the model's order. */
  readonly layers: readonly statistics.LayerStatistics[];
  readonly gpuBytes: number;
}

/** After an epoch, on the test images. */
export interface Shown extends Evaluation {
  readonly epoch: number;
  readonly classes: readonly string[];
  /** Counts by label, then by prediction, row after row. */
  readonly confusion: readonly number[];
  readonly mistakes: readonly Mistake[];
}

export interface Mistake {
  readonly label: number;
  readonly predicted: number;
  /** Of the prediction, in [0, 1]. */
  readonly probability: number;
  readonly image: Picture;
}

/** 0 to 255, row after row, one or three channels. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  readonly pixels: Uint8Array;
}

/** The first convolution's filters, [height, width, channels, count]; of a dense first layer, each unit's weights as an image. */
export interface Filters {
  readonly shape: readonly [number, number, number, number];
  readonly values: Float32Array;
}

/** The answer to `predict`: a probability for each class. */
export interface Drawn {
  readonly probabilities: readonly number[];
}
