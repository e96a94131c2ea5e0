import type { ImageDataset } from "../data/dataset.ts";
import type { MnistDatasets } from "../data/mnist-files.ts";
import { UsageError } from "../device/errors.ts";
import type { WgradEngine } from "../engine.ts";
import { initializerNamed } from "../nn/initializer_named.ts";
import { constant } from "../optim/schedules/index.ts";
import type { Step } from "../plan/engine.ts";
import type { Evaluation } from "../training/evaluation.ts";
import type { Trainer } from "../training/trainer.ts";
import type { TrainingCallback } from "../training/trainer_options.ts";
import { trainerOptionsOf } from "../training/trainer_options_of.ts";
import type { SubmitReport } from "../training/training_loop.ts";
import { formatCount, formatDuration } from "./format.ts";
import type { Output } from "./output.ts";
import { afterProbe, budgetTolerance, probeSteps, stepsOf, stepsWithin } from "./train_budget.ts";
import { TrainLog } from "./train_log.ts";
import type { ChosenRun } from "./train_options.ts";

/** A recipe ready to be trained: data, model, compiled step. */
export class TrainSession {
  readonly trainer: Trainer;
  readonly step: Step;
  readonly train: ImageDataset;
  readonly test: ImageDataset;
  readonly stepsPerEpoch: number;
  /** Steps done before this run. */
  readonly firstStep: number;
  readonly log = new TrainLog();
  /** Milliseconds of this run's training so far. */
  trainingTime = 0;
  /** Steps of the whole training, once they are known. */
  totalSteps: number | undefined;
  /** It was ended early, because the machine slowed down. */
  cut = false;
  readonly #output: Output;
  readonly #chosen: ChosenRun;
  readonly #software: boolean;
  readonly #restEvery: number | undefined;
  readonly #callbacks: readonly TrainingCallback[];

  private constructor(prepared: Prepared, step: Step) {
    const { engine, output, chosen, trainer, train, test } = prepared;
    this.trainer = trainer;
    this.step = step;
    this.train = train;
    this.test = test;
    this.stepsPerEpoch = Math.floor(train.count / chosen.settings.batchSize);
    this.firstStep = trainer.step;
    this.#output = output;
    this.#chosen = chosen;
    this.#restEvery = prepared.restEvery;
    this.#callbacks = prepared.callbacks ?? [];
    this.#software = engine.device.adapter.software;
    this.totalSteps = stepsOf(chosen.wish, this.stepsPerEpoch);
  }

  /** Builds the model, takes up a checkpoint, compiles. @throws UsageError, CheckpointError, ShapeError */
  static async prepare(parts: SessionParts): Promise<TrainSession> {
    const { engine, chosen, data, checkpoint } = parts;
    const { recipe, settings } = chosen;
    const initializer = settings.initializer === null ? undefined : initializerNamed(settings.initializer);
    const { schedule = constant(), ...options } = trainerOptionsOf(settings, data.train.classes.length);
    const trainer = engine.trainer({
      ...options,
      model: recipe.model(settings.activation, initializer),
      schedule: afterProbe(schedule),
      watch: parts.watch && { activations: settings.accumulate === 1 },
    });
    const train = settings.limit === null ? data.train : data.train.take(settings.limit);
    if (checkpoint) trainer.load(checkpoint);
    const step = await trainer.compile(train, settings.batchSize);
    const session = new TrainSession({ ...parts, trainer, train, test: data.test }, step);
    session.#expectNotBeyond();
    return session;
  }

  /** Trains to the end, or until it is told to stop. */
  async run(signal: AbortSignal): Promise<void> {
    const started = performance.now();
    try {
      if (this.totalSteps === undefined) await this.#trainWithinBudget(signal);
      else await this.#trainTo(this.totalSteps, signal);
    } finally {
      this.trainingTime = performance.now() - started;
    }
  }

  /** Loss and accuracy on the test images. @throws the signal's reason when it is told to stop */
  async evaluate(signal: AbortSignal): Promise<Evaluation> {
    const progress = this.#output.progress({ label: "testing ", total: this.test.count, imagesPerStep: 1 });
    try {
      return await this.trainer.evaluate(this.test, {
        signal,
        onProgress: (images) => progress.update(images),
      });
    } finally {
      progress.stop();
    }
  }

  async #trainWithinBudget(signal: AbortSignal): Promise<void> {
    const { wish } = this.#chosen;
    const started = performance.now();
    const spent = (): number => (performance.now() - started) / 1000;
    this.#output.notice(`Timing the first ${probeSteps} steps…`);
    await this.#fit(probeSteps, signal);
    if (signal.aborted) return;
    const testSteps = this.test.count / this.#chosen.settings.batchSize;
    const probe = { millisecondsPerStep: this.log.steadyStepTime, secondsSpent: spent(), testSteps };
    const adapter = this.#software ? "software adapter" : "adapter";
    const { steps, budgetSeconds, sentence } = stepsWithin(wish, probe, this.stepsPerEpoch, adapter);
    this.#output.notice(sentence);
    this.totalSteps = steps;

    const cut = new AbortController();
    await this.#trainTo(steps, AbortSignal.any([signal, cut.signal]), () => {
      if (spent() > budgetSeconds * budgetTolerance) cut.abort();
    });
    this.cut = cut.signal.aborted && this.trainer.step < steps;
    if (!this.cut) return;
    const done = `${formatCount(this.trainer.step)} of ${formatCount(steps)} steps`;
    this.#output.notice(`The machine slowed down: stopped after ${formatDuration(spent())} and ${done}.`);
  }

  async #trainTo(total: number, signal: AbortSignal, afterSubmit?: () => void): Promise<void> {
    const { batchSize } = this.#chosen.settings;
    const start = this.trainer.step;
    if (start >= total) return;
    const progress = this.#output.progress({ label: "training", total, start, imagesPerStep: batchSize });
    try {
      await this.#fit(total, signal, ({ step }) => {
        progress.update(step, { loss: this.log.loss, accuracy: this.log.accuracy });
        afterSubmit?.();
      });
    } finally {
      progress.stop();
    }
  }

  /** Trains on until a number of steps is done. */
  async #fit(
    until: number,
    signal: AbortSignal,
    afterSubmit?: (submit: SubmitReport) => void,
  ): Promise<void> {
    const { batchSize } = this.#chosen.settings;
    const onProgress = (submit: SubmitReport): void => {
      this.log.add(submit);
      afterSubmit?.(submit);
    };
    const options = { batchSize, steps: until - this.trainer.step, scheduleSteps: until, signal, onProgress };
    const rest = this.#restEvery === undefined ? {} : { restEvery: this.#restEvery };
    for await (const _ of this.trainer.fit(this.train, { ...options, ...rest, callbacks: this.#callbacks }));
  }

  #expectNotBeyond(): void {
    const { totalSteps, firstStep } = this;
    if (totalSteps === undefined || totalSteps >= firstStep) return;
    throw new UsageError({
      where: "train(--resume)",
      problem: "the checkpoint is further than the training is to go",
      got: `${firstStep} steps done`,
      expected: `at most ${totalSteps}`,
      hint: "give more --steps or --epochs, in all",
    });
  }
}

export interface SessionParts {
  readonly engine: WgradEngine;
  readonly output: Output;
  readonly chosen: ChosenRun;
  readonly data: MnistDatasets;
  /** Told of submits and epochs: records of the run, checkpoints. */
  readonly callbacks?: readonly TrainingCallback[];
  /** The device is at rest whenever a multiple of so many steps is done. */
  readonly restEvery?: number | undefined;
  /** Measure every layer at every step. */
  readonly watch: boolean;
  /** To go on from. */
  readonly checkpoint: Uint8Array<ArrayBuffer> | undefined;
}

interface Prepared extends SessionParts {
  readonly trainer: Trainer;
  readonly train: ImageDataset;
  readonly test: ImageDataset;
}
