import type { GpuDataset } from "../data/gpu_dataset.ts";
import type { NonFiniteError } from "../device/errors.ts";
import { seedWords } from "../kernels/philox.ts";
import type { StepValues } from "../kernels/step.ts";
import type { Optimizer } from "../optim/optimizer.ts";
import type { Schedule } from "../optim/schedules/index.ts";
import type { Engine, Step } from "../plan/engine.ts";
import type { BatchColumn } from "./batch_sums.ts";
import { scoresOf } from "./batch_sums.ts";
import type { History } from "./history.ts";
import type { Position, PositionFields } from "./position.ts";
import type { Guard } from "./recovery/guard.ts";
import type { Played, Point } from "./recovery/rewind.ts";
import type { StepStatistics, Watch } from "./statistics/watch.ts";
import { SubmitClock, SubmitPacer } from "./submit_pacer.ts";

/** The steps of one submit. */
export interface SubmitReport {
  /** The epoch that they belong to, counted from 1. */
  readonly epoch: number;
  /** Steps of the whole training that are done after them. */
  readonly step: number;
  /** Of each step's batch, before its update. */
  readonly losses: Float32Array;
  /** NaN where targets are values. */
  readonly accuracies: Float32Array;
  /** With the schedule applied. */
  readonly learningRates: Float64Array;
  /** Means over each step's batch of |prediction − target|, where targets are values. */
  readonly absoluteErrors?: Float32Array | undefined;
  /** What was measured of each layer at each step; where the trainer watches. */
  readonly statistics?: readonly StepStatistics[];
  /** From the end of the submit before it, or its own beginning, to its end. */
  readonly milliseconds: number;
  readonly endsEpoch: boolean;
}

/** A compiled training step and all that its rows are made of. */
export interface TrainingLoop {
  readonly engine: Engine;
  readonly step: Step;
  readonly dataset: GpuDataset;
  readonly batchSize: number;
  readonly history: History<BatchColumn>;
  readonly optimizer: Optimizer;
  readonly schedule: Schedule;
  readonly seed: bigint;
  readonly watch: Watch | undefined;
  readonly position: Position;
  /** What the training is held against, and how it goes on. */
  readonly guard: Guard;
}

export interface LoopLimits {
  /** Steps to do. */
  readonly steps: number;
  /** Steps of the whole training, for the schedule. */
  readonly scheduleSteps: number;
  readonly submitMilliseconds: number;
  /** Nothing runs when a multiple of so many steps is reported, as at an epoch's end. */
  readonly restEvery: number | undefined;
  readonly signal: AbortSignal | undefined;
}

/**
 * Trains submit by submit, none across an epoch's end. While a submit's results are on their way, the next one runs;
 * after the last of an epoch nothing runs, so that whoever reads the report finds the parameters of that moment.
 * @throws NonFiniteError where a step gives a value that is not finite: the device is left as it was before that step
 * @throws DeviceLostError where the device is lost and does not come back
 */
export async function* runSubmits(
  loop: TrainingLoop,
  limits: LoopLimits,
): AsyncGenerator<SubmitReport, void, void> {
  const { position, step, dataset, batchSize, guard } = loop;
  const most = Math.min(step.maxRows, loop.watch?.options.every ?? step.maxRows);
  const pacer = new SubmitPacer(limits.submitMilliseconds, most);
  const stepsPerEpoch = dataset.batchesPerEpoch(batchSize);
  const end = position.step + limits.steps;
  loop.schedule.check({ totalSteps: limits.scheduleSteps, stepsPerEpoch });
  await guard.begin(step);
  const run = new SubmitQueue(loop, pacer);
  try {
    while (position.step < end && !limits.signal?.aborted) {
      const toRest = limits.restEvery ? limits.restEvery - (position.step % limits.restEvery) : end;
      const left = Math.min(end - position.step, stepsPerEpoch - position.epochStep, toRest);
      const count = Math.min(pacer.steps, left);
      const rows = rowsOf(loop, count, limits.scheduleSteps, stepsPerEpoch);
      run.submit(rows, stepsPerEpoch);
      const atRest = count === left;
      while (run.length > (atRest ? 0 : 1)) yield* run.next();
    }
    while (run.length > 0) yield* run.next();
  } finally {
    // Whoever leaves early finds the device at rest; a failure shows at the next use.
    await run.rest();
  }
}

/** A submit under way. */
interface Submit extends Played {
  /** Where the training was before it. */
  readonly before: PositionFields;
  readonly stepsPerEpoch: number;
  readonly place: Pick<SubmitReport, "epoch" | "step" | "endsEpoch">;
  reading: Promise<Reading>;
}

interface Reading {
  readonly report: SubmitReport;
  /** The first row with a value that is not finite; −1 where there is none. */
  readonly wrong: number;
  readonly point: Point | undefined;
}

/** Submits under way, in order: at most two. */
class SubmitQueue {
  readonly #loop: TrainingLoop;
  readonly #pacer: SubmitPacer;
  readonly #clock = new SubmitClock();
  readonly #queue: Submit[] = [];

  constructor(loop: TrainingLoop, pacer: SubmitPacer) {
    this.#loop = loop;
    this.#pacer = pacer;
  }

  get length(): number {
    return this.#queue.length;
  }

  /** Runs steps and moves the training's position behind them. */
  submit(rows: readonly StepValues[], stepsPerEpoch: number): void {
    const { engine, seed, dataset, position, step, watch } = this.#loop;
    const { epoch } = position;
    const before = position.fields;
    const endsEpoch = position.advance(rows.length, stepsPerEpoch);
    const place = { epoch: epoch + 1, step: position.step, endsEpoch };
    const prepare = () => {
      dataset.useOrder(engine, seed, epoch);
      if (before.epochStep === 0) watch?.startEpoch(engine);
    };
    const played = { step, rows, prepare, before, stepsPerEpoch, place };
    this.#queue.push({ ...played, reading: this.#play(played) });
  }

  /** Waits for the first submit and reports it. */
  async *next(): AsyncGenerator<SubmitReport, void, void> {
    const { guard } = this.#loop;
    const { report, wrong, point } = await this.#first();
    const submit = this.#queue[0];
    if (!submit) return;
    if (wrong >= 0) {
      const error = await this.#stopBefore(submit, wrong);
      if (wrong > 0) yield partOf(report, wrong);
      throw error;
    }
    this.#queue.shift();
    guard.passed(submit, point);
    yield report;
  }

  /** Waits until nothing runs; what fails does not count. */
  async rest(): Promise<void> {
    await Promise.all(this.#queue.map(({ reading }) => reading.catch(() => undefined)));
  }

  /** The first submit's results, if need be on another device. */
  async #first(): Promise<Reading> {
    for (;;) {
      try {
        const [submit] = this.#queue;
        if (!submit) throw new Error("internal: no submit is under way");
        return await submit.reading;
      } catch (error) {
        await this.rest();
        await this.#loop.guard.recovery.recover(error);
        for (const submit of this.#queue) submit.reading = this.#play(submit);
      }
    }
  }

  /** Takes a submit back, and whatever followed it, but for its first steps. */
  async #stopBefore(submit: Submit, wrong: number): Promise<NonFiniteError> {
    const { guard, position } = this.#loop;
    await this.rest();
    this.#queue.length = 0;
    const error = await guard.stopBefore(submit, wrong);
    position.restore(submit.before);
    if (wrong > 0) position.advance(wrong, submit.stepsPerEpoch);
    return error;
  }

  /** Submits at once; what goes wrong is in the promise, which need not be awaited. */
  #play(submit: Omit<Submit, "reading">): Promise<Reading> {
    const reading = this.#read(submit);
    reading.catch(() => undefined);
    return reading;
  }

  async #read({ step, rows, prepare, place }: Omit<Submit, "reading">): Promise<Reading> {
    const { engine, history, batchSize, dataset, guard, watch } = this.#loop;
    const elapsed = this.#clock.start();
    guard.prepare(prepare);
    step.replay(rows);
    // All copies are submitted before anything is awaited, so that the next submit does not show in them.
    const copies = [
      history.read(engine, rows.length),
      guard.read(rows.length),
      guard.copyIfDue(step),
      watch?.read(engine, place.step - rows.length, rows.length),
    ] as const;
    const [{ loss, score }, finite, point, statistics] = await Promise.all(copies);
    const milliseconds = elapsed();
    this.#pacer.observe(rows.length, milliseconds);
    const means = (sums: Float32Array) => sums.map((sum) => sum / batchSize);
    const learningRates = Float64Array.from(rows, ({ learningRate }) => learningRate);
    const scores = scoresOf(dataset.dataset.target.kind, means(score));
    const measured = statistics && { statistics };
    const report = { ...place, losses: means(loss), ...scores, learningRates, ...measured, milliseconds };
    const wrong = finite?.findIndex((fine, row) => !fine || !Number.isFinite(loss[row])) ?? -1;
    return { report, wrong, point };
  }
}

/** The report of a submit's first steps. */
function partOf(report: SubmitReport, steps: number): SubmitReport {
  const { losses, accuracies, absoluteErrors, learningRates, statistics, step, milliseconds } = report;
  return {
    ...report,
    step: step - losses.length + steps,
    losses: losses.subarray(0, steps),
    accuracies: accuracies.subarray(0, steps),
    absoluteErrors: absoluteErrors?.subarray(0, steps),
    learningRates: learningRates.subarray(0, steps),
    ...(statistics && { statistics: statistics.slice(0, steps) }),
    milliseconds: (milliseconds * steps) / losses.length,
    endsEpoch: false,
  };
}

/** The per-step values of the next steps. */
function rowsOf(loop: TrainingLoop, count: number, totalSteps: number, stepsPerEpoch: number): StepValues[] {
  const { optimizer, schedule, position, batchSize } = loop;
  const { epoch } = position;
  const [seedLow, seedHigh] = seedWords(loop.seed);
  return Array.from({ length: count }, (_, row) => {
    const index = position.step + row;
    const learningRate =
      optimizer.learningRate * schedule.factor({ step: index, totalSteps, epoch, stepsPerEpoch });
    const batchStart = (position.epochStep + row) * batchSize;
    return { index, row, seedLow, seedHigh, batchStart, ...optimizer.stepValues(index + 1, learningRate) };
  });
}
