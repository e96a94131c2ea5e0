import { networkStep, stepCases } from "../../src/benchmarks/step_rows.ts";
import { ImageDataset } from "../../src/data/dataset.ts";
import { GpuDataset } from "../../src/data/gpu_dataset.ts";
import type { Graph } from "../../src/graph/graph.ts";
import { crossEntropy } from "../../src/nn/losses.ts";
import { optimizerNamed } from "../../src/optim/names.ts";
import { traceStep } from "../../src/plan/engine.ts";
import { maxRows } from "../../src/plan/program.ts";
import { batchColumns } from "../../src/training/batch_sums.ts";
import { History } from "../../src/training/history.ts";
import type { Recipe } from "../../src/training/recipes.ts";
import { recipes } from "../../src/training/recipes.ts";
import { plainRules, trainingStep } from "../../src/training/training_step.ts";

/** A whole training step that can be planned without a device. */
export interface TrainingStep {
  readonly name: string;
  trace(): Graph;
}

/** The recipes' steps as `wgrad train` compiles them, and those of `wgrad bench step`. */
export const trainingSteps: readonly TrainingStep[] = [
  ...recipes.map((recipe) => ({ name: recipe.name, trace: () => traceRecipe(recipe) })),
  ...stepCases.map((given) => ({
    name: given.name,
    trace: () => {
      const { build, inputs } = networkStep(given);
      return traceStep(build, inputs);
    },
  })),
];

function traceRecipe({ defaults, model: build }: Recipe): Graph {
  const { batchSize, activation, optimizer, learningRate } = defaults;
  const model = build(activation);
  const shape = [28, 28, 1] as const;
  model.build(shape);
  const dataset = new ImageDataset({
    name: "blank",
    images: new Uint8Array(batchSize * 28 * 28),
    labels: new Uint8Array(batchSize),
    shape,
    classes: Array.from({ length: 10 }, (_, index) => `${index}`),
    normalisation: { mean: 0.5, standardDeviation: 0.25 },
  });
  const parts = {
    model,
    loss: crossEntropy(),
    optimizer: optimizerNamed(optimizer, { learningRate }),
    rules: plainRules,
    history: new History("history", batchColumns, maxRows),
  };
  return traceStep(() => trainingStep(parts, new GpuDataset(dataset), batchSize), {});
}
