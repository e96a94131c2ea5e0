import type { RecipeSettings } from "../training/recipes.ts";
import { count, positive } from "./parsers.ts";

/** A setting that an option of `train` chooses. */
export interface TrainFlag {
  /** As commander takes it. */
  readonly flag: string;
  readonly field: Exclude<keyof RecipeSettings, "epochs">;
  readonly text: string;
  /** For numbers. */
  readonly parse?: (text: string) => number;
}

/** For the help, which loads no model: a test holds it against the names that there are. */
const activations =
  "relu, relu6, leakyRelu, elu, selu, celu, gelu, silu, mish, hardSwish, sigmoid, hardSigmoid, logSigmoid, softplus, " +
  "tanh, hardTanh, softsign, arctan or linear";

const optimizers = "sgd, momentum, nesterov, adam or adamW";
const schedules =
  "constant, linear, step, multi-step, exponential, inverse-time, cosine, cosine-restarts, polynomial, one-cycle or plateau";

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
  { flag: "--optimizer <name>", field: "optimizer", text: optimizers },
  {
    flag: "--lr <rate>",
    field: "learningRate",
    text: "learning rate at the schedule's peak",
    parse: positive,
  },
  { flag: "--schedule <name>", field: "schedule", text: schedules },
];

/** The name under which commander gives an option's value: `clipNorm` of `--clip-norm <c>`. */
export function optionName(flag: string): string {
  const [long = ""] = flag.replace(/^--/, "").split(" ");
  return long.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}
