import type { RecipeSettings } from "../training/recipes.ts";
import { count, positive, words } from "./parsers.ts";

/** A setting that an option of `train` chooses. */
export interface TrainFlag {
  /** As commander takes it. */
  readonly flag: string;
  readonly field: Exclude<keyof RecipeSettings, "epochs">;
  readonly text: string;
  /** Of what is no name. */
  readonly parse?: (text: string) => number | readonly string[];
}

/** For the help, which loads no model: a test holds it against the names that there are. */
const activations =
  "relu, relu6, leakyRelu, elu, selu, celu, gelu, silu, mish, hardSwish, sigmoid, hardSigmoid, logSigmoid, softplus, " +
  "tanh, hardTanh, softsign, arctan or linear";

const initializers =
  "of all weights: zeros, ones, uniform, normal, smallNormal, truncatedNormal, glorotNormal, glorotUniform, heNormal, " +
  "heUniform, lecunNormal, lecunUniform, orthogonal or identity";

const optimizers =
  "sgd, momentum, nesterov, adam, adamw, amsgrad, nadam, radam, adamax, rmsprop, adagrad, adadelta, adabelief, adabound, " +
  "lion, lamb, lookahead, adahessian or lbfgs";
const schedules =
  "constant, linear, step, multi-step, exponential, inverse-time, cosine, cosine-restarts, polynomial, one-cycle or plateau";

const augmentations = "rotation, translation, scaling, flip, crop, jitter, noise, cutout, mixup";

/** Every setting of a run that an option chooses, in the order of the help. */
export const trainFlags: readonly TrainFlag[] = [
  { flag: "--batch <n>", field: "batchSize", text: "images a step", parse: count },
  {
    flag: "--accumulate <n>",
    field: "accumulate",
    text: "parts that a batch is worked off in",
    parse: count,
  },
  { flag: "--activation <name>", field: "activation", text: activations },
  { flag: "--initializer <name>", field: "initializer", text: initializers },
  { flag: "--optimizer <name>", field: "optimizer", text: optimizers },
  {
    flag: "--lr <rate>",
    field: "learningRate",
    text: "learning rate at the schedule's peak",
    parse: positive,
  },
  { flag: "--schedule <name>", field: "schedule", text: schedules },
  {
    flag: "--warm-up <steps>",
    field: "warmUp",
    text: "steps in which the rate rises; below 1, a share",
    parse: positive,
  },
  { flag: "--l1 <lambda>", field: "l1", text: "adds λ·Σ|w| over weights to the loss", parse: positive },
  { flag: "--l2 <lambda>", field: "l2", text: "adds λ·Σw² over weights to the loss", parse: positive },
  {
    flag: "--clip-value <c>",
    field: "clipValue",
    text: "bounds each element of the gradients",
    parse: positive,
  },
  {
    flag: "--clip-norm <c>",
    field: "clipNorm",
    text: "bounds the norm of all gradients together",
    parse: positive,
  },
  {
    flag: "--gradient-noise <eta>",
    field: "gradientNoise",
    text: "variance of noise on gradients at first",
    parse: positive,
  },
  { flag: "--max-norm <c>", field: "maxNorm", text: "bounds the norm of what feeds a unit", parse: positive },
  {
    flag: "--label-smoothing <share>",
    field: "labelSmoothing",
    text: "spreads it over all classes",
    parse: positive,
  },
  {
    flag: "--average-weights <decay>",
    field: "averageWeights",
    text: "tests and saves their moving average",
    parse: positive,
  },
  { flag: "--augment <names>", field: "augment", text: `${augmentations}; a comma between`, parse: words },
];

/** The name under which commander gives an option's value: `clipNorm` of `--clip-norm <c>`. */
export function optionName(flag: string): string {
  const [long = ""] = flag.replace(/^--/, "").split(" ");
  return long.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}
