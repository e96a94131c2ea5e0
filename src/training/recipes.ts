import { unknownName } from "../device/nearest_names.ts";
import type { ActivationName } from "../nn/activation_named.ts";
import { activation } from "../nn/activation_named.ts";
import { conv2d } from "../nn/convolution.ts";
import { dense } from "../nn/dense.ts";
import { flatten } from "../nn/flatten.ts";
import type { Initializer } from "../nn/initializers.ts";
import { heNormal, normal } from "../nn/initializers.ts";
import type { Model } from "../nn/module.ts";
import { maxPool2d } from "../nn/pooling.ts";
import { sequential } from "../nn/sequential.ts";
import type { OptimizerName } from "../optim/names.ts";
import { namedOptimizers } from "../optim/names.ts";
import type { TrainingSettings } from "./settings.ts";
import { expectSettings, plainSettings } from "./settings.ts";

/** What a user may change of a recipe. */
export interface RecipeSettings extends TrainingSettings {
  readonly epochs: number;
}

/** A model and how to train it, as data. */
export interface Recipe {
  readonly name: string;
  readonly description: string;
  readonly dataset: "mnist";
  readonly defaults: RecipeSettings;
  /** Learning rates that are better here than the optimizers' own. */
  readonly learningRates: Readonly<Partial<Record<OptimizerName, number>>>;
  /** @param initializer of all weights; by default each layer has its own */
  model(activation: ActivationName, initializer?: Initializer): Model;
}

const mnistMlp: Recipe = {
  name: "mnist-mlp",
  description: "MNIST, two dense layers: 784-128-10",
  dataset: "mnist",
  defaults: {
    ...plainSettings,
    batchSize: 100,
    epochs: 5,
    activation: "relu",
    optimizer: "adam",
    learningRate: 1e-3,
    schedule: "constant",
  },
  learningRates: { sgd: 0.1, momentum: 0.03, nesterov: 0.03 },
  model: (name, initializer) =>
    sequential([
      flatten(),
      dense(128, { initializer: initializer ?? heNormal() }),
      activation(name),
      dense(10, { initializer: initializer ?? normal(0, 0.01) }),
    ]),
};

const mnistCnn: Recipe = {
  name: "mnist-cnn",
  description: "MNIST, two convolutions with max pooling, two dense layers",
  dataset: "mnist",
  defaults: {
    ...plainSettings,
    batchSize: 32,
    epochs: 5,
    activation: "relu",
    optimizer: "adamw",
    learningRate: 3e-3,
    schedule: "cosine",
  },
  learningRates: { sgd: 0.05, adam: 3e-3, adamw: 3e-3 },
  model: (name, initializer) =>
    sequential([
      conv2d({ filters: 8, kernel: 3, padding: "same", initializer: initializer ?? heNormal() }),
      activation(name),
      maxPool2d(2),
      conv2d({ filters: 16, kernel: 3, padding: "same", initializer: initializer ?? heNormal() }),
      activation(name),
      maxPool2d(2),
      flatten(),
      dense(64, { initializer: initializer ?? heNormal() }),
      activation(name),
      // Small first logits: training starts at the loss of a guess, ln 10.
      dense(10, { initializer: initializer ?? normal(0, 0.01) }),
    ]),
};

/** The default recipe comes first. */
export const recipes: readonly Recipe[] = [mnistCnn, mnistMlp];

/** @throws UsageError where there is none of that name */
export function recipeNamed(name: string): Recipe {
  const recipe = recipes.find((candidate) => candidate.name === name);
  if (recipe) return recipe;
  throw unknownName(
    "recipe",
    name,
    recipes.map((known) => known.name),
  );
}

/**
 * Settings with a user's choices put in; another optimizer brings its own learning rate along.
 * @throws UsageError where a choice is not known
 */
export function settingsOf(recipe: Recipe, chosen: Partial<RecipeSettings> = {}): RecipeSettings {
  const given = Object.fromEntries(Object.entries(chosen).filter(([, value]) => value !== undefined));
  const settings: RecipeSettings = { ...recipe.defaults, ...given };
  expectSettings({ ...settings });
  if (chosen.optimizer === undefined || chosen.learningRate !== undefined) return settings;
  if (chosen.optimizer === recipe.defaults.optimizer) return settings;
  return { ...settings, learningRate: learningRateOf(recipe, chosen.optimizer) };
}

/** The learning rate that an optimizer brings along. */
export function learningRateOf({ defaults, learningRates }: Recipe, optimizer: OptimizerName): number {
  if (optimizer === defaults.optimizer) return defaults.learningRate;
  return learningRates[optimizer] ?? namedOptimizers[optimizer].learningRate;
}
