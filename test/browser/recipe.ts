/** What the page and Node do alike, so that their numbers can be held against each other. */
import type { ImageDataset } from "../../src/data/dataset.ts";
import type { WgradEngine } from "../../src/engine.ts";
import { crossEntropy } from "../../src/nn/losses.ts";
import { optimizerNamed } from "../../src/optim/names.ts";
import { scheduleNamed } from "../../src/optim/schedules/index.ts";
import { recipeNamed } from "../../src/training/recipes.ts";

export interface Course {
  readonly adapter: string;
  readonly losses: readonly number[];
  readonly milliseconds: number;
}

/** Trains the recipe mnist-cnn with its own settings. */
export async function trainRecipe(
  engine: WgradEngine,
  dataset: ImageDataset,
  steps: number,
): Promise<Course> {
  const recipe = recipeNamed("mnist-cnn");
  const { batchSize, activation, optimizer, learningRate, schedule } = recipe.defaults;
  const trainer = engine.trainer({
    model: recipe.model(activation),
    loss: crossEntropy(),
    optimizer: optimizerNamed(optimizer, { learningRate }),
    schedule: scheduleNamed(schedule),
  });
  await trainer.compile(dataset, batchSize);
  const begin = performance.now();
  const losses: number[] = [];
  for await (const submit of trainer.submits(dataset, { batchSize, steps })) losses.push(...submit.losses);
  const { vendor, architecture } = engine.device.adapter;
  return { adapter: `${vendor} ${architecture}`, losses, milliseconds: performance.now() - begin };
}
