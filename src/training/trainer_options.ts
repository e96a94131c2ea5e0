import type { Augmentation } from "../data/augmentation/augmentation.ts";
import type { Dataset } from "../data/dataset_types.ts";
import type { GpuDatasets } from "../data/gpu_dataset.ts";
import type { Loss } from "../nn/losses.ts";
import type { Model } from "../nn/module.ts";
import type { GradientTransform, ParameterConstraint } from "../optim/gradient_transform.ts";
import type { Optimizer } from "../optim/optimizer.ts";
import type { BatchSchedule, Schedule } from "../optim/schedules/index.ts";
import type { WeightAverage } from "../optim/weight_average.ts";
import type { EarlyStopping, EarlyStoppingOptions } from "./early_stopping.ts";
import type { Evaluation } from "./evaluation.ts";
import type { RecoveryOptions } from "./recovery/recovery.ts";
import type { LayerStatistics } from "./statistics/layer_statistics.ts";
import type { WatchOptions } from "./statistics/watch.ts";
import type { SubmitReport } from "./training_loop.ts";

export interface TrainerOptions {
  /** Built by the trainer for the dataset's images, unless it is built already. */
  readonly model: Model;
  readonly loss: Loss;
  readonly optimizer: Optimizer;
  /** Scales the optimizer's learning rate; constant by default. */
  readonly schedule?: Schedule;
  /** Change the gradients, one after the other, before the optimizer uses them: clipping, noise, penalties. */
  readonly gradientTransforms?: readonly GradientTransform[];
  /** Changes the parameters after each step: a bound on their norm. */
  readonly constraint?: ParameterConstraint;
  /**
   * Works each batch off in so many equal parts and averages their gradients, which takes the memory of one part: gradient
   * accumulation. 1 by default. What depends on a whole batch, such as batch normalisation, sees the parts.
   */
  readonly accumulate?: number;
  /** Changes the images of each batch at random; evaluations see them as they are. */
  readonly augmentation?: Augmentation;
  /** Keeps an average of the weights: evaluation, prediction and `saveModel` then go by it. */
  readonly average?: WeightAverage;
  /**
   * Ends training at the step at which a value stops being finite, with the weights of before and a NonFiniteError that
   * says where it began; true by default.
   */
  readonly sentinel?: boolean;
  /** Goes on after a loss of the device, from a copy in the host's memory; `false`: the loss ends training. */
  readonly recovery?: RecoveryOptions | false;
  /**
   * Measures the gradient and the update of every parameter, and gradients, dead units and saturation of every activation, at
   * each step, on the device; submits and epochs report them. False by default. `true` is all of it.
   */
  readonly watch?: boolean | WatchOptions;
  /** Of initial parameters, order and dropout; the engine's by default. */
  readonly seed?: number | bigint;
}

/** What an engine gives its trainers. */
export interface TrainerSetting {
  readonly datasets: GpuDatasets;
  readonly seed: number | bigint;
  /** How long a submit lasts, unless a call says otherwise. */
  readonly submitMilliseconds: number;
}

export interface SubmitsOptions {
  /** Images a step. */
  readonly batchSize: number;
  /** Steps to do from here. */
  readonly steps: number;
  /** Steps of the whole training, for the schedule; up to the end of this call by default. */
  readonly scheduleSteps?: number;
  /** About how long a submit lasts. */
  readonly submitMilliseconds?: number;
  /**
   * The device is at rest whenever a multiple of so many steps is done, as after an epoch: what is saved then, by a
   * callback, is of that step.
   */
  readonly restEvery?: number;
  /** Stops after the submit under way. */
  readonly signal?: AbortSignal;
}

export interface FitOptions extends Omit<SubmitsOptions, "steps"> {
  /** Epochs to do from here, one under way counted; 1 by default. */
  readonly epochs?: number;
  /** Steps to do from here, in place of epochs. */
  readonly steps?: number;
  /** Chooses the batch size of each epoch, from `batchSize` on. Goes by epochs. */
  readonly batchSchedule?: BatchSchedule;
  /** Evaluated after each epoch. */
  readonly validation?: Dataset;
  /** Told after each submit. */
  readonly onProgress?: (progress: FitProgress) => void;
  /**
   * Ends the fit once epochs bring nothing better, by the validation's loss where there is one. The weights of the best
   * epoch are put back at the end, unless `restoreBest` says otherwise. An `EarlyStopping` object goes on counting in the
   * next fit.
   */
  readonly earlyStopping?: EarlyStopping | EarlyStoppingOptions;
  /** Told of submits and epochs; the training waits for them. */
  readonly callbacks?: readonly TrainingCallback[];
}

/** Takes part in a fit: keeps records, saves checkpoints, ends it. What it throws ends the fit. */
export interface TrainingCallback {
  /** After each submit; the next one runs already. */
  onSubmit?(progress: FitProgress): void | Promise<void>;
  /** After each epoch and its validation, when the device is at rest. `"stop"` ends the fit after the report. */
  onEpoch?(
    report: EpochReport & { readonly validation?: Evaluation },
  ): void | "stop" | Promise<void> | Promise<"stop" | undefined>;
}

export interface FitProgress extends SubmitReport {
  /** `step` at the end of this fit. */
  readonly lastStep: number;
  /** Mean over the submit. */
  readonly loss: number;
  /** NaN where targets are values. */
  readonly accuracy: number;
  /** Where targets are values. */
  readonly meanAbsoluteError?: number;
}

/** An epoch, or the part of one that this fit did. */
export interface EpochReport {
  /** Counted from 1. */
  readonly epoch: number;
  /** Steps of the whole training that are done. */
  readonly step: number;
  /** Mean over its steps, each before its update. */
  readonly loss: number;
  /** NaN where targets are values. */
  readonly accuracy: number;
  /** Where targets are values. */
  readonly meanAbsoluteError?: number;
  /** Means over its steps of what was measured of each layer, in the model's order; where the trainer watches. */
  readonly layers?: readonly LayerStatistics[];
  /** Of training, without validation. */
  readonly milliseconds: number;
}
