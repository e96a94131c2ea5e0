import type { GpuDataset } from "../data/gpu_dataset.ts";
import { seedWords } from "../kernels/philox.ts";
import type { StepValues } from "../kernels/step.ts";
import type { Optimizer } from "../optim/optimizer.ts";
import type { Schedule } from "../optim/schedules/index.ts";
import type { Engine, Step } from "../plan/engine.ts";
import type { BatchColumn } from "./batch_sums.ts";
import { scoresOf } from "./batch_sums.ts";
import type { History } from "./history.ts";
import type { Position } from "./position.ts";
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
}

export interface LoopLimits {
  /** Steps to do. */
  readonly steps: number;
  /** Steps of the whole training, for the schedule. */
  readonly scheduleSteps: number;
  readonly submitMilliseconds: number;
  readonly signal: AbortSignal | undefined;
}

/**
 * Trains submit by submit, none across an epoch's end. While a submit's results are on their way, the next one runs;
 * after the last of an epoch nothing runs, so that whoever reads the report finds the parameters of that moment.
 */
export async function* runSubmits(
  loop: TrainingLoop,
  limits: LoopLimits,
): AsyncGenerator<SubmitReport, void, void> {
  const { position, step, dataset, batchSize } = loop;
  const pacer = new SubmitPacer(
    limits.submitMilliseconds,
    Math.min(step.maxRows, loop.watch?.options.every ?? step.maxRows),
  );
  const clock = new SubmitClock();
  const stepsPerEpoch = dataset.batchesPerEpoch(batchSize);
  const end = position.step + limits.steps;
  loop.schedule.check({ totalSteps: limits.scheduleSteps, stepsPerEpoch });
  let underWay: Promise<SubmitReport> | undefined;
  try {
    while (position.step < end && !limits.signal?.aborted) {
      const count = Math.min(pacer.steps, end - position.step, stepsPerEpoch - position.epochStep);
      dataset.useOrder(loop.engine, loop.seed, position.epoch);
      if (position.epochStep === 0) loop.watch?.startEpoch(loop.engine);
      const elapsed = clock.start();
      const rows = rowsOf(loop, count, limits.scheduleSteps, stepsPerEpoch);
      step.replay(rows);
      const epoch = position.epoch + 1;
      const endsEpoch = position.advance(count, stepsPerEpoch);
      const next = report(loop, { epoch, step: position.step, endsEpoch }, rows, elapsed, pacer);
      const before = underWay;
      underWay = next;
      if (before) yield await before;
      if (endsEpoch || position.step === end) {
        underWay = undefined;
        yield await next;
      }
    }
    if (underWay) yield await underWay;
    underWay = undefined;
  } finally {
    // Whoever leaves early finds the device at rest; a failure shows at the next use.
    await underWay?.catch(() => undefined);
  }
}

async function report(
  { engine, history, batchSize, dataset, watch }: TrainingLoop,
  place: Pick<SubmitReport, "epoch" | "step" | "endsEpoch">,
  rows: readonly StepValues[],
  elapsed: () => number,
  pacer: SubmitPacer,
): Promise<SubmitReport> {
  const count = rows.length;
  const [{ loss, score }, statistics] = await Promise.all([
    history.read(engine, count),
    watch?.read(engine, place.step - count, count),
  ]);
  const milliseconds = elapsed();
  pacer.observe(count, milliseconds);
  const means = (sums: Float32Array) => sums.map((sum) => sum / batchSize);
  const scores = scoresOf(dataset.dataset.target.kind, means(score));
  const learningRates = Float64Array.from(rows, ({ learningRate }) => learningRate);
  const measured = statistics && { statistics };
  return { ...place, losses: means(loss), ...scores, learningRates, ...measured, milliseconds };
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
