import { UsageError } from "../device/errors.ts";
import type { ActivationName } from "../nn/activations.ts";
import { activationNames } from "../nn/activations.ts";
import type { ScheduleName } from "../optim/schedules/index.ts";
import { scheduleNames } from "../optim/schedules/index.ts";
import type { OptimizerName } from "./named.ts";
import { optimizerNames } from "./named.ts";

/** All that decides how a model is trained, as data: what a command line, a page or a study chooses. */
export interface TrainingSettings {
  /** Images a step. */
  readonly batchSize: number;
  /** Parts that a batch is worked off in: gradient accumulation. */
  readonly accumulate: number;
  readonly activation: ActivationName;
  readonly optimizer: OptimizerName;
  /** Before the schedule scales it. */
  readonly learningRate: number;
  readonly schedule: ScheduleName;
}

/** What a setting may be. */
interface Rule<Value> {
  readonly expected: string;
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
    accepts: (value): value is Name => names.some((name) => name === value),
  };
}

const rules: { readonly [Field in keyof TrainingSettings]: Rule<TrainingSettings[Field]> } = {
  batchSize: whole,
  accumulate: whole,
  activation: oneOf(activationNames),
  optimizer: oneOf(optimizerNames),
  learningRate: notNegative,
  schedule: oneOf(scheduleNames),
};

/** @throws UsageError that names the first setting that is missing or wrong */
export function expectSettings(settings: Readonly<Record<string, unknown>>): void {
  for (const [field, { accepts, expected }] of Object.entries(rules)) {
    const value = settings[field];
    if (accepts(value)) continue;
    const problem = typeof value === "string" ? "there is none of this name" : "wrong value";
    throw new UsageError({ where: field, problem, got: String(value), expected });
  }
}

/** Whether a value read from a file holds every setting. */
export function areSettings(value: unknown): value is TrainingSettings {
  if (typeof value !== "object" || value === null) return false;
  const fields = new Map<string, unknown>(Object.entries(value));
  return Object.entries(rules).every(([field, { accepts }]) => accepts(fields.get(field)));
}
