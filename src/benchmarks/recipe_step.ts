import { ImageDataset } from "../data/dataset.ts";
import { GpuDatasets } from "../data/gpu_dataset.ts";
import { normalise } from "../data/normalise.ts";
import type { Device } from "../device/device.ts";
import { inputTensor } from "../graph/leaves.ts";
import type { StepValues } from "../kernels/step.ts";
import { firstStep } from "../kernels/step.ts";
import type { TuningTable } from "../kernels/tuning_table.ts";
import type { TypedArray } from "../kernels/types.ts";
import { crossEntropy } from "../nn/losses.ts";
import type { Model } from "../nn/module.ts";
import { optimizerNamed } from "../optim/names.ts";
import { TuningEngine } from "../plan/tuning_engine.ts";
import { evaluateOnCpu } from "../reference/executor.ts";
import type { Recipe } from "../training/recipes.ts";
import { Trainer } from "../training/trainer.ts";
import type { Candidate, Subject } from "./candidate.ts";
import { FastRandom } from "./sample.ts";
import { wrongLosses } from "./step_rows.ts";

const classes = 10;

/**
 * The training step of a recipe as `wgrad train` compiles it, the batch's making and the metrics included, on random
 * images that fill one batch: so that no data has to be there, and that its losses must fall.
 */
export function recipeCandidate(recipe: Recipe): Candidate {
  const { batchSize, optimizer } = recipe.defaults;
  return {
    name: recipe.name,
    case: `batch ${batchSize}, as trained`,
    variant: optimizer,
    prepare: (device, tuning) => prepareRecipe(recipe, device, tuning),
  };
}

async function prepareRecipe(
  { defaults, model: build }: Recipe,
  device: Device,
  tuning?: TuningTable,
): Promise<Subject> {
  const engine = new TuningEngine(device, tuning);
  const dataset = randomImages(defaults.batchSize);
  const datasets = GpuDatasets.on(engine);
  const model = build(defaults.activation);
  const optimizer = optimizerNamed(defaults.optimizer, { learningRate: defaults.learningRate });
  const setting = { datasets, seed: 1, submitMilliseconds: 0 };
  const trainer = new Trainer(engine, { model, loss: crossEntropy(), optimizer }, setting);
  const begun = performance.now();
  const step = await trainer.compile(dataset, defaults.batchSize);
  const compileMilliseconds = performance.now() - begun;
  let done = 0;
  return {
    step,
    work: step.program.plan.dispatches.map(({ cost }) => cost),
    compileMilliseconds,
    rows: (count) =>
      Array.from({ length: count }, (_, row): StepValues => {
        const index = done++;
        return { ...firstStep, index, row, ...optimizer.stepValues(index + 1, optimizer.learningRate) };
      }),
    check: async () => {
      const losses: number[] = [];
      for await (const submit of trainer.submits(dataset, { batchSize: defaults.batchSize, steps: 5 }))
        losses.push(...submit.losses);
      return wrongLosses(losses, firstLoss(model, dataset));
    },
    tune: (options) => engine.tune(step, options),
    release: () => {
      step.dispose();
      datasets.release(dataset);
      const { parameterSet } = model;
      for (const state of [parameterSet.state, ...optimizer.states(parameterSet).values()])
        engine.releaseState(state);
    },
  };
}

/** Images of noise, which fill one batch. */
export function randomImages(count: number): ImageDataset {
  const random = new FastRandom(23);
  const draw = (length: number, below: number) =>
    new Uint8Array(length).map(() => Math.floor(random.next() * below));
  return new ImageDataset({
    name: "random",
    images: draw(count * 28 * 28, 256),
    labels: draw(count, classes),
    shape: [28, 28, 1],
    classes: Array.from({ length: classes }, (_, index) => `${index}`),
    normalisation: { mean: 0.5, standardDeviation: 0.25 },
  });
}

/** The mean loss before any update, by the f64 references; the batch's order does not matter to it. */
function firstLoss(model: Model, { images, labels, count, shape, normalisation }: ImageDataset): number {
  const x = inputTensor("x", { shape: [count, ...shape], dtype: "f32" });
  const y = inputTensor("y", { shape: [count], dtype: "u32" });
  const loss = crossEntropy()(model.forward(x, { training: true }), y);
  const inputs = new Map<string, TypedArray>([
    ["x", normalise(images, normalisation)],
    ["y", Uint32Array.from(labels)],
  ]);
  const [values] = evaluateOnCpu([loss], { inputs });
  return values?.[0] ?? Number.NaN;
}
