import type { Dataset } from "../data/dataset_types.ts";
import type { GpuDataset } from "../data/gpu_dataset.ts";
import { CheckpointError, ShapeError, UsageError } from "../device/errors.ts";
import type { Shape } from "../kernels/types.ts";
import type { Loss } from "../nn/losses.ts";
import type { Model } from "../nn/module.ts";
import type { ParameterSet } from "../nn/parameters.ts";
import type { Optimizer } from "../optim/optimizer.ts";
import type { Schedule } from "../optim/schedules/index.ts";
import { constant } from "../optim/schedules/index.ts";
import type { Engine, Step } from "../plan/engine.ts";
import { maxRows } from "../plan/program.ts";
import type { BatchColumn } from "./batch_sums.ts";
import { batchColumns } from "./batch_sums.ts";
import type { NamedStates, StateHolder } from "./checkpoint.ts";
import { Checkpoint, writeCheckpoint } from "./checkpoint.ts";
import type { EvaluateOptions, Evaluation, MeasuredEvaluation } from "./evaluation.ts";
import { Evaluator } from "./evaluation.ts";
import type { FitReport } from "./fit.ts";
import { fitFor } from "./fit.ts";
import type { Stretch } from "./fit_plan.ts";
import { stretchesOf } from "./fit_plan.ts";
import { History } from "./history.ts";
import { TrainedModel } from "./inference.ts";
import type { Metric } from "./metrics/metric.ts";
import { Position } from "./position.ts";
import type { Prediction } from "./prediction.ts";
import { Predictor } from "./prediction.ts";
import { Guard } from "./recovery/guard.ts";
import {
  expectBatch,
  expectFree,
  expectOutputs,
  expectPair,
  expectParts,
  expectWholeParts,
  watchOf,
} from "./trainer_checks.ts";
import type { FitOptions, SubmitsOptions, TrainerOptions, TrainerSetting } from "./trainer_options.ts";
import type { SubmitReport } from "./training_loop.ts";
import { runSubmits } from "./training_loop.ts";
import type { StepRules } from "./training_step.ts";
import { trainingStep } from "./training_step.ts";

/** Trains a model on a dataset that lies on the device. `engine.trainer(…)` makes one. */
export class Trainer {
  readonly model: Model;
  readonly loss: Loss;
  readonly optimizer: Optimizer;
  readonly schedule: Schedule;
  readonly #engine: Engine;
  readonly #rules: StepRules;
  readonly #setting: TrainerSetting;
  readonly #history = new History<BatchColumn>("history", batchColumns, maxRows);
  readonly #trained: TrainedModel;
  readonly #evaluator: Evaluator;
  readonly #predictor: Predictor;
  readonly #steps = new WeakMap<GpuDataset, Map<number, Promise<Step>>>();
  readonly #position = new Position();
  readonly #guard: Guard;
  #seed: bigint;
  #running = false;

  constructor(engine: Engine, options: TrainerOptions, setting: TrainerSetting) {
    const { model, loss, optimizer, schedule = constant(), seed = setting.seed } = options;
    const { accumulate = 1, gradientTransforms = [], constraint, average, augmentation } = options;
    expectParts(accumulate);
    expectFree(optimizer, constraint);
    this.model = model;
    this.loss = loss;
    this.optimizer = optimizer;
    this.#engine = engine;
    this.schedule = schedule;
    const watch = watchOf(options.watch, accumulate);
    this.#rules = { accumulate, gradientTransforms, constraint, average, augmentation, watch };
    this.#setting = setting;
    this.#seed = BigInt(seed);
    this.#trained = new TrainedModel(model, average);
    this.#guard = new Guard(engine, model, options, () => this.#isFresh);
    this.#evaluator = new Evaluator(engine, this.#trained, loss);
    this.#predictor = new Predictor(engine, this.#trained);
  }

  /** Steps done, those of a loaded checkpoint included. */
  get step(): number {
    return this.#position.step;
  }

  get seed(): bigint {
    return this.#seed;
  }

  /** Builds the model now; else the first use does. */
  build(inputShape: Shape): ParameterSet {
    const { model } = this;
    // A model built before keeps the seed that it was built with.
    const parameters = model.isBuilt
      ? model.build(inputShape)
      : model.build(inputShape, { seed: this.#seed });
    if (parameters.count > 0) return parameters;
    throw new UsageError({
      where: "trainer",
      problem: "the model has no parameters",
      hint: "add a layer that has",
    });
  }

  /** The compiled training step: to print it, to see its dispatches and its memory. */
  async compile(dataset: Dataset, batchSize: number): Promise<Step> {
    const gpu = this.#setting.datasets.of(dataset);
    gpu.batchesPerEpoch(batchSize);
    expectBatch(this.optimizer, dataset, batchSize);
    expectWholeParts(batchSize, this.#rules.accumulate);
    this.#fit(dataset);
    const known = this.#steps.get(gpu) ?? new Map<number, Promise<Step>>();
    this.#steps.set(gpu, known);
    const step = known.get(batchSize) ?? this.#compile(gpu, batchSize);
    known.set(batchSize, step);
    // What failed once, with its device perhaps, is tried anew.
    step.catch(() => known.delete(batchSize));
    return step;
  }

  /**
   * Trains and yields after each epoch. Every image is used at most once an epoch, in an order that seed and epoch
   * decide; the images that fill no batch are dropped, others each time. An aborted fit ends without a report of the
   * epoch under way; going on continues it.
   */
  fit(
    dataset: Dataset,
    options: FitOptions & { readonly validation: Dataset },
  ): AsyncGenerator<FitReport & { readonly validation: Evaluation }, void, void>;
  fit(dataset: Dataset, options: FitOptions): AsyncGenerator<FitReport, void, void>;
  async *fit(dataset: Dataset, options: FitOptions): AsyncGenerator<FitReport, void, void> {
    yield* fitFor(this, dataset, this.#stretches(dataset, options), options);
  }

  /** Trains and yields after each submit, while the next one runs already: `fit`, step by step. */
  async *submits(dataset: Dataset, options: SubmitsOptions): AsyncGenerator<SubmitReport, void, void> {
    const { batchSize, steps, signal, restEvery, scheduleSteps = this.step + steps } = options;
    if (this.#running) throw new UsageError({ where: "trainer", problem: "it is training already" });
    this.#running = true;
    try {
      const step = await this.#guard.recovery.run(() => this.compile(dataset, batchSize));
      const gpu = this.#setting.datasets.of(dataset);
      this.#position.enter(sourceOf(dataset, batchSize));
      const { submitMilliseconds = this.#setting.submitMilliseconds } = options;
      const loop = {
        engine: this.#engine,
        step,
        dataset: gpu,
        batchSize,
        history: this.#history,
        optimizer: this.optimizer,
        schedule: this.schedule,
        seed: this.#seed,
        watch: this.#rules.watch,
        position: this.#position,
        guard: this.#guard,
      };
      yield* runSubmits(loop, { steps, scheduleSteps, submitMilliseconds, restEvery, signal });
    } finally {
      this.#running = false;
    }
  }

  /** Loss, and accuracy or mean absolute error, on all examples of a dataset, dropout off. */
  async evaluate<const Metrics extends readonly Metric[] = readonly []>(
    dataset: Dataset,
    options: EvaluateOptions<Metrics> = {},
  ): Promise<MeasuredEvaluation<Metrics>> {
    const { batchSize = 100, submitMilliseconds = this.#setting.submitMilliseconds } = options;
    this.#fit(dataset);
    const gpu = this.#setting.datasets.of(dataset);
    const evaluation = await this.#guard.recovery.run(() =>
      this.#evaluator.evaluate(gpu, batchSize, submitMilliseconds, options),
    );
    // Each result stands under the name of the metric that gave it.
    return evaluation as MeasuredEvaluation<Metrics>;
  }

  /**
   * The model's outputs for values of the host, dropout off.
   * @param values whole images one after the other, normalised as in training (`normalise`)
   */
  async predict(values: Float32Array, options: { readonly batchSize?: number } = {}): Promise<Prediction> {
    return this.#guard.recovery.run(() => this.#predictor.predict(values, options.batchSize ?? 100));
  }

  /** All that training needs to go on: a safetensors file. Going on gives what not stopping would have given. */
  async save(): Promise<Uint8Array<ArrayBuffer>> {
    const { name, settings } = this.optimizer;
    const parameters = this.model.parameterSet;
    const { step, epoch, epochStep, source } = this.#position;
    const position = { step, epoch, epochStep, source };
    const { name: scheduleName, settings: scheduleSettings } = this.schedule;
    const schedule = { name: scheduleName, settings: scheduleSettings, state: this.schedule.state() };
    const training = { seed: this.#seed, optimizer: name, settings: JSON.stringify(settings), schedule };
    const fields = { ...position, ...training };
    const moments = this.#moments(parameters);
    const { inputShape } = this.model;
    return this.#guard.recovery.run(() =>
      writeCheckpoint(this.#engine, parameters, inputShape, { fields, moments }),
    );
  }

  /** The parameters alone, by name: a safetensors file. Their average, where one is kept. */
  async saveModel(): Promise<Uint8Array<ArrayBuffer>> {
    const { parameterSet, inputShape } = this.model;
    const holder: StateHolder = {
      readState: (state) =>
        this.#engine.readState(state === parameterSet.state ? this.#trained.weights : state),
      writeState: (state, values, offset) => this.#engine.writeState(state, values, offset),
    };
    return this.#guard.recovery.run(() => writeCheckpoint(holder, parameterSet, inputShape));
  }

  /**
   * Takes up the training that was saved: parameters, what optimizer and schedule remember, position and seed. Learning
   * rate and schedule are this trainer's; another schedule than the saved one begins without memory.
   * @throws CheckpointError where the file does not fit model and optimizer; then nothing has changed
   */
  load(bytes: ArrayBuffer | Uint8Array<ArrayBuffer>): void {
    this.#expectIdle("load");
    const checkpoint = new Checkpoint(bytes);
    const fields = checkpoint.trainingFields();
    if (fields.optimizer !== this.optimizer.name) {
      throw new CheckpointError({
        where: "checkpoint(optimizer)",
        problem: "the training was done with another optimizer",
        got: `${fields.optimizer} ${fields.settings}`,
        expected: this.optimizer.name,
        hint: "loadModel takes the parameters alone",
      });
    }
    const parameters = this.#buildFor(checkpoint);
    const values = checkpoint.restore(this.#engine, parameters, this.#moments(parameters));
    this.#rules.watch?.resume(this.#engine, values);
    this.#guard.recovery.reset();
    this.#position.restore(fields);
    this.#seed = fields.seed;
    if (fields.schedule?.name === this.schedule.name) this.schedule.restore(fields.schedule.state);
  }

  /** Takes the parameters of a file of `saveModel` or `save`. @throws CheckpointError where they do not fit */
  loadModel(bytes: ArrayBuffer | Uint8Array<ArrayBuffer>): void {
    this.#expectIdle("loadModel");
    const checkpoint = new Checkpoint(bytes);
    const parameters = this.#buildFor(checkpoint);
    const values = checkpoint.restore(this.#engine, parameters);
    // Slow weights and averages begin where the parameters do.
    for (const copy of parameters.copies) this.#engine.writeState(copy, values);
    this.#rules.watch?.resume(this.#engine, values);
    this.#guard.recovery.reset();
  }

  /** Takes the weights as they are, and their average; the function puts them back. */
  async keepWeights(): Promise<() => void> {
    const { parameterSet } = this.model;
    const { average } = this.#rules;
    const kept = [parameterSet.state, ...parameterSet.buffers.map(({ state }) => state)];
    const states = average ? [...kept, average.state(parameterSet)] : kept;
    const read = () => Promise.all(states.map((state) => this.#engine.readState(state)));
    const values = await this.#guard.recovery.run(read);
    return () => {
      states.forEach((state, index) => {
        const value = values[index];
        if (value) this.#engine.writeState(state, value);
      });
      this.#rules.watch?.resume(this.#engine, values[0] ?? new Float32Array());
    };
  }

  /** All that training keeps of each parameter. */
  #moments(parameters: ParameterSet): NamedStates {
    const { average } = this.#rules;
    const kept = [...this.optimizer.states(parameters)];
    return new Map(average ? [...kept, [average.name, average.state(parameters)]] : kept);
  }

  #buildFor({ inputShape }: Checkpoint): ParameterSet {
    try {
      return this.build(inputShape);
    } catch (cause) {
      if (!(cause instanceof ShapeError)) throw cause;
      const { where, problem, got, expected } = cause;
      throw new CheckpointError({ where: `checkpoint, ${where}`, problem, got, expected }, { cause });
    }
  }

  /** No step was done, and the host gave the parameters no values: a loss of the device takes nothing away. */
  get #isFresh(): boolean {
    const { model } = this;
    return this.step === 0 && !(model.isBuilt && this.#engine.writesOf(model.parameterSet.state) > 0);
  }

  #expectIdle(where: string): void {
    if (this.#running)
      throw new UsageError({ where, problem: "the trainer is training", hint: "end the fit first" });
  }

  /** Builds the model for a dataset's examples and makes sure that model and loss fit its targets. */
  #fit(dataset: Dataset): void {
    this.build(dataset.shape);
    expectPair(this.loss, dataset);
    expectOutputs(dataset, this.model.outputShape);
  }

  #compile(dataset: GpuDataset, batchSize: number): Promise<Step> {
    const { model, loss, optimizer } = this;
    const parts = {
      model,
      loss,
      optimizer,
      rules: this.#rules,
      history: this.#history,
      sentinel: this.#guard.sentinel,
    };
    return this.#engine.compile(() => trainingStep(parts, dataset, batchSize), {});
  }

  #stretches(dataset: Dataset, options: FitOptions): Stretch[] {
    const { epoch, epochStep, source } = this.#position;
    return stretchesOf(options, {
      epoch,
      batchesPerEpoch: (batchSize) => this.#setting.datasets.of(dataset).batchesPerEpoch(batchSize),
      stepsDone: (batchSize) => (source === sourceOf(dataset, batchSize) ? epochStep : 0),
    });
  }
}

/** Names what an epoch is made of; another name starts another epoch. */
const sourceOf = ({ name, count, unit }: Dataset, batchSize: number): string =>
  `${name}, ${count} ${unit}, batches of ${batchSize}`;
