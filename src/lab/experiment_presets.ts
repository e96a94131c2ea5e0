import { recipeNamed } from "../index.browser.ts";
import type { Experiment, LayerChoice } from "./experiment.ts";

/** Layers to begin with, and settings that train them well. */
export interface Preset {
  /** In addresses. */
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly layers: readonly LayerChoice[];
  readonly settings: Experiment["settings"];
}

const activation: LayerChoice = { kind: "activation" };
const dense = (units: number): LayerChoice[] => [{ kind: "dense", units }, activation];
const convolution = (filters: number): LayerChoice[] => [
  { kind: "conv2d", filters, kernel: 3, stride: 1 },
  activation,
  { kind: "maxPool2d", size: 2 },
];

const cnn: Preset = {
  name: "cnn",
  title: "Convolutional network",
  description: "Two convolutions with max pooling, two dense layers: the recipe mnist-cnn",
  layers: [...convolution(8), ...convolution(16), { kind: "flatten" }, ...dense(64)],
  settings: recipeNamed("mnist-cnn").defaults,
};

const mlp: Preset = {
  name: "mlp",
  title: "Two dense layers",
  description: "One hidden layer of 128 units: the recipe mnist-mlp",
  layers: [{ kind: "flatten" }, ...dense(128)],
  settings: recipeNamed("mnist-mlp").defaults,
};

const deepMlp: Preset = {
  name: "deep-mlp",
  title: "Twelve dense layers",
  description: "Eleven hidden layers of 64 units: with a sigmoid, watch the gradients vanish",
  layers: [{ kind: "flatten" }, ...Array.from({ length: 11 }, () => dense(64)).flat()],
  settings: mlp.settings,
};

/** The first is the default. */
export const presets: readonly Preset[] = [cnn, mlp, deepMlp];

/** What the page shows at first, and what an address leaves unsaid. */
export const defaultExperiment: Experiment = {
  data: { kind: "bundled", name: "mnist" },
  layers: cnn.layers,
  settings: cnn.settings,
  seed: 1,
};
