import { gradient } from "../autograd/gradient.ts";
import type { GpuDataset } from "../data/gpu_dataset.ts";
import { GpuDatasets } from "../data/gpu_dataset.ts";
import type { Device } from "../device/device.ts";
import type { Spread } from "../device/timing.ts";
import { spread } from "../device/timing.ts";
import type { StepValues } from "../kernels/step.ts";
import { firstStep } from "../kernels/step.ts";
import { BufferUpdates } from "../nn/buffers.ts";
import { crossEntropy } from "../nn/losses.ts";
import type { Model } from "../nn/module.ts";
import { optimizerNamed } from "../optim/names.ts";
import type { Optimizer } from "../optim/optimizer.ts";
import type { Step, StepResult } from "../plan/engine.ts";
import { Engine } from "../plan/engine.ts";
import { batchColumns, batchSums } from "../training/batch_sums.ts";
import { History } from "../training/history.ts";
import type { Recipe } from "../training/recipes.ts";
import { Watch } from "../training/statistics/watch.ts";
import { randomImages } from "./recipe_step.ts";

/** Steps with everything watched against the same steps without. */
export interface WatchCost {
  readonly recipe: string;
  readonly batchSize: number;
  /** Milliseconds of a step. */
  readonly plain: Spread;
  readonly watched: Spread;
  /** watched / plain of each pair of samples, which ran one after the other. */
  readonly ratio: Spread;
  /** Between these lies the ratio's median, with 95 % certainty. */
  readonly ratioInterval: readonly [low: number, high: number];
  /** The same of processor time: on a software adapter that is the work itself, whatever else the machine does. */
  readonly processorRatio: Spread;
  readonly pairs: number;
  /** Of a sample: the watched one's rows are read after as many. */
  readonly steps: number;
  readonly dispatches: { readonly plain: number; readonly watched: number };
  /** Tensors that a row holds statistics of. */
  readonly layers: number;
}

export interface WatchCostOptions {
  /** Pairs of samples. */
  readonly pairs?: number;
  /** Steps of a sample, a submit; the watched sample's rows are read after it. */
  readonly steps?: number;
  /** Milliseconds that the processor has worked for this process. */
  processorTime(): number;
  onProgress?(done: number, total: number): void;
}

/** Milliseconds of a step. */
interface Times {
  readonly wall: number;
  readonly processor: number;
}

interface Side {
  readonly step: Step;
  run(): Promise<Times>;
}

/**
 * The recipe's training step as trained, with and without a watch on all parameters and activations, in turns: each pair
 * of samples sees the same machine. A watched sample takes in what reading the ring costs.
 * @throws DeviceError where the device fails
 */
export async function measureWatchCost(
  device: Device,
  recipe: Recipe,
  { pairs = 40, steps = 24, processorTime, onProgress }: WatchCostOptions,
): Promise<WatchCost> {
  const engine = new Engine(device);
  const datasets = GpuDatasets.on(engine);
  const { defaults } = recipe;
  const { batchSize } = defaults;
  const dataset = datasets.of(randomImages(batchSize));
  dataset.useOrder(engine, 1n, 0);
  const side = async (watch: Watch | null): Promise<Side> => {
    const model = recipe.model(defaults.activation);
    model.build([28, 28, 1], { seed: 1 });
    const optimizer = optimizerNamed(defaults.optimizer, { learningRate: defaults.learningRate });
    const history = new History("history", batchColumns, steps);
    const step = await engine.compile(
      () => recipeStep({ model, optimizer, history, watch }, dataset, batchSize),
      {},
    );
    return {
      step,
      run: () => sample(engine, device, { step, optimizer, history, watch, steps, processorTime }),
    };
  };
  const watch = new Watch({ every: steps });
  const plain = await side(null);
  const watched = await side(watch);
  const times: { plain: Times; watched: Times }[] = [];
  // The first pair warms up.
  for (let pair = 0; pair <= pairs; pair++) {
    const first = pair % 2 === 0 ? await plain.run() : await watched.run();
    const second = pair % 2 === 0 ? await watched.run() : await plain.run();
    if (pair > 0)
      times.push(pair % 2 === 0 ? { plain: first, watched: second } : { plain: second, watched: first });
    onProgress?.(pair, pairs);
  }
  const [row] = await watch.read(engine, 0, 1);
  const ratios = times.map((time) => time.watched.wall / time.plain.wall);
  const result: WatchCost = {
    recipe: recipe.name,
    batchSize,
    plain: spread(times.map((time) => time.plain.wall)),
    watched: spread(times.map((time) => time.watched.wall)),
    ratio: spread(ratios),
    ratioInterval: medianInterval(ratios),
    processorRatio: spread(times.map((time) => time.watched.processor / time.plain.processor)),
    pairs,
    steps,
    dispatches: {
      plain: plain.step.program.dispatchesPerStep,
      watched: watched.step.program.dispatchesPerStep,
    },
    layers: row?.layers.length ?? 0,
  };
  for (const { step } of [plain, watched]) step.dispose();
  for (const state of watch.states()) engine.releaseState(state);
  return result;
}

/** Where the median lies with 95 % certainty, whatever the distribution: order statistics, by the binomial's normal limit. */
function medianInterval(samples: readonly number[]): [number, number] {
  const sorted = [...samples].sort((a, b) => a - b);
  const away = 0.98 * Math.sqrt(sorted.length);
  const low = Math.max(0, Math.floor(sorted.length / 2 - away));
  return [sorted[low] ?? Number.NaN, sorted[sorted.length - 1 - low] ?? Number.NaN];
}

interface Sampled {
  readonly step: Step;
  readonly optimizer: Optimizer;
  readonly history: History<(typeof batchColumns)[number]>;
  readonly watch: Watch | null;
  readonly steps: number;
  processorTime(): number;
}

/** One submit, as a trainer makes it: its losses are read, and its statistics where they are watched. */
async function sample(engine: Engine, device: Device, sampled: Sampled): Promise<Times> {
  const { step, optimizer, history, watch, steps, processorTime } = sampled;
  const rows = Array.from(
    { length: steps },
    (_, row): StepValues => ({
      ...firstStep,
      index: row,
      row,
      ...optimizer.stepValues(row + 1, optimizer.learningRate),
    }),
  );
  const start = performance.now();
  const before = processorTime();
  watch?.startEpoch(engine);
  step.replay(rows);
  await Promise.all([history.read(engine, steps), watch?.read(engine, 0, steps), device.idle()]);
  return { wall: (performance.now() - start) / steps, processor: (processorTime() - before) / steps };
}

export function recipeStep(
  {
    model,
    optimizer,
    history,
    watch,
  }: Omit<Sampled, "step" | "steps" | "processorTime"> & { readonly model: Model },
  dataset: GpuDataset,
  batchSize: number,
): StepResult {
  const { x, y } = dataset.batch(batchSize, "epoch");
  const buffers = new BufferUpdates();
  const watched = watch?.begin();
  const prediction = model.forward(x, {
    training: true,
    buffers,
    ...(watched && { observe: watched.observe }),
  });
  const parameters = model.parameterSet;
  const lossOf = crossEntropy();
  const loss = lossOf(prediction, y);
  const all = gradient(loss, [...parameters.tensors, ...(watched?.inputs ?? [])]);
  const gradients = all.slice(0, parameters.tensors.length);
  const updates = optimizer.update(parameters, gradients, { loss });
  const recorded = history.record(batchSums(lossOf, prediction, { y }));
  const measured = watched?.updates({
    parameters,
    gradients,
    observed: all.slice(gradients.length),
    updates,
  });
  return { updates: [...updates, ...buffers.updates, recorded, ...(measured ?? [])] };
}
