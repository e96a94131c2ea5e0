import { UsageError } from "../../device/errors.ts";
import type { Settings } from "../gradient_transform.ts";

/** Where a training is. */
export interface SchedulePoint {
  /** Steps of the whole training that are done. */
  readonly step: number;
  /** Steps of the whole training. */
  readonly totalSteps: number;
  /** Epochs that are over. */
  readonly epoch: number;
  readonly stepsPerEpoch: number;
}

/** How long a training is. */
export type ScheduleRun = Pick<SchedulePoint, "totalSteps" | "stepsPerEpoch">;

/** What a schedule remembers, by name: finite numbers, for checkpoints. */
export type ScheduleState = Readonly<Record<string, number>>;

/**
 * Scales an optimizer's learning rate, on the host, at each step: no program is compiled anew. One that remembers
 * something (`reduceOnPlateau`) belongs to one training.
 */
export interface Schedule {
  readonly name: string;
  /** With their defaults filled in: for records of runs. */
  readonly settings: Settings;
  /** What the learning rate is multiplied with at a step. */
  factor(at: SchedulePoint): number;
  /** @throws UsageError that names the setting with which it does not fit the run; asked before training */
  check(run: ScheduleRun): void;
  /** Told after each epoch what was measured: an epoch's report. */
  observe(report: object): void;
  state(): ScheduleState;
  /** Takes up what `state` gave. @throws UsageError where it is of another schedule */
  restore(state: ScheduleState): void;
}

/** What a schedule must say; the rest remembers nothing and fits every run. */
export type ScheduleDescription = Pick<Schedule, "name" | "settings" | "factor"> & Partial<Schedule>;

/** A schedule of one's own: `defineSchedule({ name: "mine", settings: {}, factor: ({ step }) => 0.99 ** step })`. */
export function defineSchedule(description: ScheduleDescription): Schedule {
  return {
    check: () => {},
    observe: () => {},
    state: () => ({}),
    restore: (state) => {
      const [name] = Object.keys(state);
      if (name !== undefined) throw foreignState(description.name, name);
    },
    ...description,
  };
}

/** Whether the factor changes at each step, or only from epoch to epoch. */
export type Every = "step" | "epoch";

export interface EveryOptions {
  /** What is counted, and when the factor changes: "step" by default. */
  readonly every?: Every;
}

/** What is done and what there is in all, in steps or in epochs; an epoch begun counts. */
export function countOf(at: SchedulePoint, every: Every): { done: number; total: number } {
  return { done: every === "step" ? at.step : at.epoch, total: totalOf(at, every) };
}

export function totalOf({ totalSteps, stepsPerEpoch }: ScheduleRun, every: Every): number {
  return Math.max(1, every === "step" ? totalSteps : Math.ceil(totalSteps / stepsPerEpoch));
}

/** Lengths below 1 are shares of the whole. */
export const inUnits = (length: number, total: number): number => (length < 1 ? length * total : length);

/** @throws UsageError that names the schedule and the setting */
export function checkSetting(
  schedule: string,
  setting: string,
  value: number,
  valid: boolean,
  expected: string,
): void {
  if (valid) return;
  const where = `schedules.${schedule}(${setting})`;
  throw new UsageError({ where, problem: "wrong value", got: String(value), expected });
}

export function checkFactor(schedule: string, setting: string, value: number): void {
  const valid = Number.isFinite(value) && value >= 0;
  checkSetting(schedule, setting, value, valid, "a finite number of at least 0");
}

export function checkPositive(schedule: string, setting: string, value: number): void {
  checkSetting(schedule, setting, value, Number.isFinite(value) && value > 0, "a finite number above 0");
}

export function checkEvery(schedule: string, every: string): void {
  if (every === "step" || every === "epoch") return;
  const where = `schedules.${schedule}(every)`;
  throw new UsageError({ where, problem: "wrong value", got: every, expected: '"step" or "epoch"' });
}

/** @throws UsageError unless it is a share of the run, or a whole number of steps or epochs */
export function checkLength(schedule: string, setting: string, value: number): void {
  const valid = (value > 0 && value < 1) || (Number.isSafeInteger(value) && value >= 1);
  checkSetting(schedule, setting, value, valid, "an integer of at least 1, or a share of the run below 1");
}

/** @throws UsageError where a schedule of a given length ends before the run */
export function checkCovers(
  schedule: string,
  setting: string,
  length: number,
  every: Every,
  run: ScheduleRun,
): void {
  const total = totalOf(run, every);
  if (length >= total) return;
  throw new UsageError({
    where: `schedules.${schedule}(${setting})`,
    problem: "the schedule is shorter than the run",
    got: countWords(length, every),
    expected: `at least ${countWords(total, every)}`,
    hint: "leave it out, and the schedule spans the run",
  });
}

/** `1 step`, `12 epochs`. */
export const countWords = (count: number, every: Every): string =>
  `${count} ${every}${count === 1 ? "" : "s"}`;

export function foreignState(schedule: string, field: string): UsageError {
  const where = `schedules.${schedule}(${field})`;
  return new UsageError({ where, problem: "what was saved is of another schedule" });
}
