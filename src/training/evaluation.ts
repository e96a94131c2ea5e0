import type { GpuDataset } from "../data/gpu_dataset.ts";
import type { StepValues } from "../kernels/step.ts";
import { firstStep } from "../kernels/step.ts";
import type { Loss } from "../nn/losses.ts";
import type { Engine, Step } from "../plan/engine.ts";
import { maxRows } from "../plan/program.ts";
import { batchColumns, batchSums } from "./batch_sums.ts";
import { History } from "./history.ts";
import type { TrainedModel } from "./inference.ts";
import { MeasuredMetrics } from "./metrics/measured.ts";
import type { Metric, MetricResults } from "./metrics/metric.ts";
import { SubmitClock, SubmitPacer } from "./submit_pacer.ts";

export interface Evaluation {
  /** Mean over all examples. */
  readonly loss: number;
  /** Share of examples whose largest output is their label's. NaN where targets are values. */
  readonly accuracy: number;
  /** Mean of |prediction − target|, where targets are values. */
  readonly meanAbsoluteError?: number;
  /** Examples. */
  readonly count: number;
}

/** An evaluation with what else it measured, by the metrics' names. */
export type MeasuredEvaluation<Metrics extends readonly Metric[]> = Evaluation & {
  readonly metrics: MetricResults<Metrics>;
};

export interface EvaluateOptions<Metrics extends readonly Metric[] = readonly Metric[]> {
  /** Examples a step; 100 by default. The result depends on it by rounding only. */
  readonly batchSize?: number;
  /** What to measure beside the loss; each dataset, batch size and list of metrics is compiled once. */
  readonly metrics?: Metrics;
  readonly submitMilliseconds?: number;
  /** Ends it early, with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Told after each submit how many examples are done. */
  readonly onProgress?: (examples: number) => void;
}

/** A compiled evaluation: a step, and where it leaves what it measures. */
interface Compiled {
  readonly step: Promise<Step>;
  readonly history: History<string>;
  readonly metrics: MeasuredMetrics;
}

/** Measures a model on whole datasets. What it compiles for a dataset, batch size and metrics serves again. */
export class Evaluator {
  readonly #engine: Engine;
  readonly #trained: TrainedModel;
  readonly #loss: Loss;
  readonly #compiled = new WeakMap<GpuDataset, Map<string, Compiled>>();
  /** Where evaluations without metrics leave what they measure. */
  readonly #plain = new History<string>("evaluation", batchColumns, maxRows);

  constructor(engine: Engine, trained: TrainedModel, loss: Loss) {
    this.#engine = engine;
    this.#trained = trained;
    this.#loss = loss;
  }

  /** Every example counts once: the last batch is filled up with examples that losses and counts ignore. */
  async evaluate(
    dataset: GpuDataset,
    batchSize: number,
    milliseconds: number,
    { signal, onProgress, metrics = [] }: EvaluateOptions = {},
  ): Promise<Evaluation & { readonly metrics: Record<string, unknown> }> {
    const compiled = this.#compiledFor(dataset, batchSize, metrics);
    const step = await compiled.step;
    const pacer = new SubmitPacer(milliseconds, step.maxRows);
    const clock = new SubmitClock();
    const batches = dataset.batchesToCover(batchSize);
    const sums: Record<string, number> = {};
    compiled.metrics.reset(this.#engine);
    for (let done = 0; done < batches; ) {
      signal?.throwIfAborted();
      const count = Math.min(pacer.steps, batches - done);
      const elapsed = clock.start();
      step.replay(rowsFrom(done, count, batchSize));
      const recorded = await compiled.history.read(this.#engine, count);
      pacer.observe(count, elapsed());
      for (const [column, values] of Object.entries(recorded)) {
        sums[column] = (sums[column] ?? 0) + total(values);
      }
      done += count;
      onProgress?.(Math.min(done * batchSize, dataset.count));
    }
    const results = await compiled.metrics.results(this.#engine, sums, dataset.count);
    return { ...meansOf(sums, dataset), metrics: results };
  }

  #compiledFor(dataset: GpuDataset, batchSize: number, metrics: readonly Metric[]): Compiled {
    const key = JSON.stringify([batchSize, ...metrics.map(({ name }) => name)]);
    const known = this.#compiled.get(dataset) ?? new Map<string, Compiled>();
    this.#compiled.set(dataset, known);
    const compiled = known.get(key) ?? this.#compile(dataset, batchSize, metrics);
    known.set(key, compiled);
    // What failed once, with its device perhaps, is tried anew.
    compiled.step.catch(() => known.delete(key));
    return compiled;
  }

  #compile(dataset: GpuDataset, batchSize: number, wanted: readonly Metric[]): Compiled {
    const metrics = new MeasuredMetrics(wanted, dataset.dataset.target);
    const columns = [...batchColumns, ...metrics.columns];
    const plain = columns.length === batchColumns.length;
    const history = plain ? this.#plain : new History<string>("evaluation", columns, maxRows);
    const step = this.#engine.compile(() => {
      const batch = dataset.batch(batchSize, "plain");
      const prediction = this.#trained.forward(batch.x);
      const { sums, updates } = metrics.record(prediction, batch);
      const recorded = history.record({ ...batchSums(this.#loss, prediction, batch), ...sums });
      return { updates: [recorded, ...updates] };
    }, {});
    return { step, history, metrics };
  }
}

function meansOf(sums: Readonly<Record<string, number>>, { count, dataset }: GpuDataset): Evaluation {
  const { loss = 0, score = 0 } = sums;
  const shared = { loss: loss / count, count };
  if (dataset.target.kind === "labels") return { ...shared, accuracy: score / count };
  return { ...shared, accuracy: Number.NaN, meanAbsoluteError: score / count };
}

function rowsFrom(first: number, count: number, batchSize: number): StepValues[] {
  return Array.from({ length: count }, (_, row) => {
    return { ...firstStep, index: first + row, row, batchStart: (first + row) * batchSize };
  });
}

const total = (values: Float32Array): number => values.reduce((sum, value) => sum + value, 0);
