import { UsageError } from "../device/errors.ts";
import { unknownName } from "../device/nearest_names.ts";
import type { ActivationName } from "../nn/activation_named.ts";
import { activationNames } from "../nn/activation_named.ts";
import type { InitializerName } from "../nn/initializer_named.ts";
import { initializerNames } from "../nn/initializer_named.ts";
import type { OptimizerName } from "../optim/names.ts";
import { optimizerNames } from "../optim/names.ts";
import type { ScheduleName } from "../optim/schedules/index.ts";
import { scheduleNames } from "../optim/schedules/index.ts";

/** All that decides how a model is trained, as data: what a command line, a page or a study chooses. */
export interface TrainingSettings {
  /** Images a step. */
  readonly batchSize: number;
  /** Parts that a batch is worked off in: gradient accumulation. */
  readonly accumulate: number;
  readonly activation: ActivationName;
  /** Of weights; null for the recipe's own. */
  readonly initializer: InitializerName | null;
  readonly optimizer: OptimizerName;
  /** Before the schedule scales it. */
  readonly learningRate: number;
  readonly schedule: ScheduleName;
  /** Steps over which the learning rate first rises; below 1, a share of the run. */
  readonly warmUp: number;
  /** λ₁ · Σ |w| and λ₂ · Σ w² over weights. */
  readonly l1: number;
  readonly l2: number;
  /** Bounds of each element of the gradient, and of its norm over all parameters; null for none. */
  readonly clipValue: number | null;
  readonly clipNorm: number | null;
  /** Variance of the noise that is added to gradients at first; null for none. */
  readonly gradientNoise: number | null;
  /** Bound of the norm of what feeds a unit; null for none. */
  readonly maxNorm: number | null;
  /** Share of the probability that is spread over all classes. */
  readonly labelSmoothing: number;
  /** How much of the weights' average stays from step to step; null where none is kept. */
  readonly averageWeights: number | null;
  readonly augment: readonly AugmentationName[];
}

/** Settings that leave a training as it is. */
export const plainSettings = {
  accumulate: 1,
  initializer: null,
  warmUp: 0,
  l1: 0,
  l2: 0,
  clipValue: null,
  clipNorm: null,
  gradientNoise: null,
  maxNorm: null,
  labelSmoothing: 0,
  averageWeights: null,
  augment: [],
} as const satisfies Partial<TrainingSettings>;

export const augmentationNames = [
  "rotation",
  "translation",
  "scaling",
  "flip",
  "crop",
  "jitter",
  "noise",
  "cutout",
  "mixup",
] as const;

export type AugmentationName = (typeof augmentationNames)[number];

/** What a setting may be. */
interface Rule<Value> {
  readonly expected: string;
  /** Where it is one of some names, or several. */
  readonly names?: readonly string[];
  accepts(value: unknown): value is Value;
}

const isNumber = (value: unknown): value is number => typeof value === "number" && Number.isFinite(value);

const whole: Rule<number> = {
  expected: "an integer of at least 1",
  accepts: (value): value is number => Number.isSafeInteger(value) && isNumber(value) && value >= 1,
};

const notNegative: Rule<number> = {
  expected: "a finite number of at least 0",
  accepts: (value): value is number => isNumber(value) && value >= 0,
};

function oneOf<Name extends string>(names: readonly Name[]): Rule<Name> {
  return {
    expected: names.join(", "),
    names,
    accepts: (value): value is Name => names.some((name) => name === value),
  };
}

const positive: Rule<number> = {
  expected: "a finite number above 0",
  accepts: (value): value is number => isNumber(value) && value > 0,
};

const share: Rule<number> = {
  expected: "at least 0 and below 1",
  accepts: (value): value is number => isNumber(value) && value >= 0 && value < 1,
};

function orNone<Value>({ accepts, ...rest }: Rule<Value>): Rule<Value | null> {
  return { ...rest, accepts: (value): value is Value | null => value === null || accepts(value) };
}

function listOf<Name extends string>(names: readonly Name[]): Rule<readonly Name[]> {
  const { accepts, expected } = oneOf(names);
  return {
    expected: `a list of ${expected}`,
    names,
    accepts: (value): value is readonly Name[] => Array.isArray(value) && value.every(accepts),
  };
}

const rules: { readonly [Field in keyof TrainingSettings]: Rule<TrainingSettings[Field]> } = {
  batchSize: whole,
  accumulate: whole,
  activation: oneOf(activationNames),
  initializer: orNone(oneOf(initializerNames)),
  optimizer: oneOf(optimizerNames),
  learningRate: notNegative,
  schedule: oneOf(scheduleNames),
  warmUp: notNegative,
  l1: notNegative,
  l2: notNegative,
  clipValue: orNone(positive),
  clipNorm: orNone(positive),
  gradientNoise: orNone(positive),
  maxNorm: orNone(positive),
  labelSmoothing: share,
  averageWeights: orNone(share),
  augment: listOf(augmentationNames),
};

/** An error for each setting that is missing or wrong, `where` its field: a page shows it beside the setting's control. */
export function wrongSettings(settings: Readonly<Record<string, unknown>>): UsageError[] {
  return Object.entries(rules).flatMap(([where, { accepts, expected, names = [] }]) => {
    const value = settings[where];
    if (accepts(value)) return [];
    const typed = [value].flat().find((one) => typeof one === "string" && !names.includes(one));
    if (names.length > 0 && typeof typed === "string") return [unknownName(where, typed, names)];
    return [new UsageError({ where, problem: "wrong value", got: String(value), expected })];
  });
}

/** @throws UsageError that names the first setting that is missing or wrong, and the names nearest to an unknown one */
export function expectSettings(settings: Readonly<Record<string, unknown>>): void {
  const [first] = wrongSettings(settings);
  if (first) throw first;
}

/** Whether a value read from a file holds every setting. */
export function areSettings(value: unknown): value is TrainingSettings {
  if (typeof value !== "object" || value === null) return false;
  const fields = new Map<string, unknown>(Object.entries(value));
  return Object.entries(rules).every(([field, { accepts }]) => accepts(fields.get(field)));
}
