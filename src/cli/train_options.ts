import { CheckpointError, UsageError } from "../device/errors.ts";
import { type Recipe, type RecipeSettings, recipeNamed, recipes, settingsOf } from "../training/recipes.ts";
import { readSafetensors, writeSafetensors } from "../training/safetensors.ts";
import { areSettings } from "../training/settings.ts";
import type { GlobalOptions } from "./options.ts";
import { optionName, trainFlags } from "./train_flags.ts";

/** What the command line gives; what it leaves out comes from the checkpoint, else from the recipe. */
export interface TrainOptions extends GlobalOptions {
  readonly recipe?: string | undefined;
  readonly epochs?: number;
  readonly steps?: number;
  readonly budget?: number;
  readonly limit?: number;
  readonly seed?: number;
  readonly out?: string;
  readonly runs?: string;
  /** Steps. */
  readonly checkpointEvery?: number;
  /** How many checkpoints. */
  readonly keep?: number;
  readonly resume?: string;
  readonly losses?: boolean;
  readonly trace?: boolean;
  readonly untuned?: boolean;
  readonly unwatched?: boolean;
  /** What `trainFlags` names. */
  readonly [flag: string]: unknown;
}

/** All that decides a run's numbers, but for the adapter and the number of steps. */
export interface TrainSettings extends Omit<RecipeSettings, "epochs"> {
  readonly recipe: string;
  readonly seed: number;
  /** Training images; null for all. */
  readonly limit: number | null;
}

/** How long to train, as wished for. */
export interface Wish {
  /** Of the whole training. */
  readonly steps: number | undefined;
  readonly epochs: number | undefined;
  readonly budgetSeconds: number | undefined;
}

/** What a checkpoint of the command line remembers besides the training's state. */
export interface CheckpointRun {
  readonly settings: TrainSettings;
  /** Steps of the whole training. */
  readonly steps: number;
}

export interface ChosenRun {
  readonly recipe: Recipe;
  readonly settings: TrainSettings;
  readonly wish: Wish;
}

/**
 * The options with their defaults filled in.
 * @param resumed of the checkpoint to go on from, where there is one that says it
 * @throws UsageError where names are unknown or options exclude each other
 */
export function chooseRun(options: TrainOptions, resumed?: CheckpointRun): ChosenRun {
  const known = resumed?.settings;
  const recipe = recipeNamed(options.recipe ?? known?.recipe ?? recipes[0]?.name ?? "");
  if (known && known.recipe !== recipe.name) {
    const problem = "the checkpoint is of another recipe";
    throw new UsageError({ where: "train(--resume)", problem, got: recipe.name, expected: known.recipe });
  }
  const { epochs: _, ...chosen } = settingsOf(recipe, chosenSettings(options, known));
  const seed = options.seed ?? known?.seed ?? 0;
  const limit = options.limit ?? known?.limit ?? null;
  const settings = { recipe: recipe.name, ...chosen, seed, limit };
  return {
    recipe,
    settings: wholeBatches.includes(chosen.optimizer) ? ofOneBatch(settings, options) : settings,
    wish: wishOf(options, resumed),
  };
}

/** Optimizers that take the whole dataset at each step. */
const wholeBatches: readonly string[] = ["lbfgs"];

/** Images that such an optimizer gets unless told otherwise: what fits a step. */
const oneBatch = 512;

/** The batch is all there is: as many images as --limit or --batch says. */
function ofOneBatch(settings: TrainSettings, { batch }: TrainOptions): TrainSettings {
  const count = settings.limit ?? (typeof batch === "number" ? batch : oneBatch);
  return { ...settings, limit: count, batchSize: count };
}

/** What the options say of the settings, then what the checkpoint says. */
function chosenSettings(options: TrainOptions, known?: TrainSettings): Partial<RecipeSettings> {
  const given = trainFlags.flatMap(({ flag, field }) => {
    const value = options[optionName(flag)];
    return value === undefined ? [] : [[field, value] as const];
  });
  const chosen: Record<string, unknown> = Object.fromEntries(given);
  // Names are taken in capitals too: adamW.
  if (typeof chosen["optimizer"] === "string") chosen["optimizer"] = chosen["optimizer"].toLowerCase();
  if (!known) return chosen;
  const { recipe: _, seed: __, limit: ___, learningRate, ...rest } = known;
  // A checkpoint's rate belongs to its optimizer.
  const sameOptimizer = chosen["optimizer"] === undefined || chosen["optimizer"] === known.optimizer;
  return { ...rest, ...(sameOptimizer && { learningRate }), ...chosen };
}

function wishOf({ steps, epochs, budget, resume }: TrainOptions, resumed?: CheckpointRun): Wish {
  const given = [steps, epochs, budget].filter((value) => value !== undefined).length;
  const where = "train";
  if (given > 1) {
    const expected = "one of --steps, --epochs and --budget";
    throw new UsageError({ where, problem: "these options exclude each other", expected });
  }
  if (resume === undefined) return { steps, epochs, budgetSeconds: budget };
  // The schedule goes on from where it was, and is a function of the whole.
  if (budget !== undefined) {
    const hint = "give --steps or --epochs";
    throw new UsageError({ where, problem: "a training that goes on cannot follow a --budget", hint });
  }
  const wish = { steps: given === 0 ? resumed?.steps : steps, epochs, budgetSeconds: undefined };
  if (wish.steps !== undefined || wish.epochs !== undefined) return wish;
  const problem = "the checkpoint does not say how long the training is";
  throw new UsageError({ where: "train(--resume)", problem, hint: "give --steps or --epochs, in all" });
}

const METADATA = "run";

/** Adds to a trainer's checkpoint what the command line needs to go on without being told anything again. */
export function withRun(checkpoint: Uint8Array<ArrayBuffer>, run: CheckpointRun): Uint8Array<ArrayBuffer> {
  const { tensors, metadata } = readSafetensors(checkpoint, "checkpoint");
  return writeSafetensors(tensors, { ...metadata, [METADATA]: JSON.stringify(run) });
}

/** What `withRun` added; undefined where the checkpoint was made otherwise. @throws CheckpointError */
export function runOf(checkpoint: Uint8Array<ArrayBuffer>): CheckpointRun | undefined {
  const text = readSafetensors(checkpoint, "checkpoint").metadata[METADATA];
  if (text === undefined) return undefined;
  const run = parseJson(text);
  if (isRun(run)) return run;
  throw new CheckpointError({ where: `checkpoint(${METADATA})`, problem: "wrong value", got: text });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isRun(value: unknown): value is CheckpointRun {
  if (!isRecord(value) || !isRecord(value["settings"]) || !areSettings(value["settings"])) return false;
  const { recipe, seed, limit } = value["settings"] as Readonly<Record<string, unknown>>;
  return (
    [value["steps"], seed].every((field) => typeof field === "number") &&
    (limit === null || typeof limit === "number") &&
    typeof recipe === "string"
  );
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null;
