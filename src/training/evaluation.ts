import type { GpuDataset } from "../data/gpu_dataset.ts";
import type { StepValues } from "../kernels/step.ts";
import { firstStep } from "../kernels/step.ts";
import type { Loss } from "../nn/losses.ts";
import type { Model } from "../nn/module.ts";
import { inference } from "../nn/module.ts";
import type { Engine, Step } from "../plan/engine.ts";
import { maxRows } from "../plan/program.ts";
import type { BatchColumn } from "./batch_sums.ts";
import { batchColumns, batchSums } from "./batch_sums.ts";
import { History } from "./history.ts";
import { SubmitClock, SubmitPacer } from "./submit_pacer.ts";

export interface Evaluation {
  /** Mean over all images. */
  readonly loss: number;
  /** Share of images whose largest output is their label's. */
  readonly accuracy: number;
  /** Images. */
  readonly count: number;
}

export interface EvaluateOptions {
  /** Images a step; 100 by default. The result depends on it by rounding only. */
  readonly batchSize?: number;
  readonly submitMilliseconds?: number;
  /** Ends it early, with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Told after each submit how many images are done. */
  readonly onProgress?: (images: number) => void;
}

/** Measures a model on whole datasets. What it compiles for a dataset and batch size serves again. */
export class Evaluator {
  readonly #engine: Engine;
  readonly #model: Model;
  readonly #loss: Loss;
  readonly #history = new History<BatchColumn>("evaluation", batchColumns, maxRows);
  readonly #steps = new WeakMap<GpuDataset, Map<number, Promise<Step>>>();

  constructor(engine: Engine, model: Model, loss: Loss) {
    this.#engine = engine;
    this.#model = model;
    this.#loss = loss;
  }

  /** Every image counts once: the last batch is filled up with images that losses and counts ignore. */
  async evaluate(
    dataset: GpuDataset,
    batchSize: number,
    milliseconds: number,
    { signal, onProgress }: Pick<EvaluateOptions, "signal" | "onProgress"> = {},
  ): Promise<Evaluation> {
    const step = await this.#stepFor(dataset, batchSize);
    const pacer = new SubmitPacer(milliseconds, step.maxRows);
    const clock = new SubmitClock();
    const batches = dataset.batchesToCover(batchSize);
    let loss = 0;
    let right = 0;
    for (let done = 0; done < batches; ) {
      signal?.throwIfAborted();
      const count = Math.min(pacer.steps, batches - done);
      const elapsed = clock.start();
      step.replay(rowsFrom(done, count, batchSize));
      const recorded = await this.#history.read(this.#engine, count);
      pacer.observe(count, elapsed());
      loss += total(recorded.loss);
      right += total(recorded.correct);
      done += count;
      onProgress?.(Math.min(done * batchSize, dataset.count));
    }
    return { loss: loss / dataset.count, accuracy: right / dataset.count, count: dataset.count };
  }

  #stepFor(dataset: GpuDataset, batchSize: number): Promise<Step> {
    const known = this.#steps.get(dataset) ?? new Map<number, Promise<Step>>();
    this.#steps.set(dataset, known);
    const step = known.get(batchSize) ?? this.#compile(dataset, batchSize);
    known.set(batchSize, step);
    return step;
  }

  #compile(dataset: GpuDataset, batchSize: number): Promise<Step> {
    return this.#engine.compile(() => {
      const { x, y } = dataset.batch(batchSize, "plain");
      const prediction = this.#model.forward(x, inference);
      return { updates: [this.#history.record(batchSums(this.#loss, prediction, y))] };
    }, {});
  }
}

function rowsFrom(first: number, count: number, batchSize: number): StepValues[] {
  return Array.from({ length: count }, (_, row) => {
    return { ...firstStep, index: first + row, row, batchStart: (first + row) * batchSize };
  });
}

const total = (values: Float32Array): number => values.reduce((sum, value) => sum + value, 0);
