import { UsageError } from "../../device/errors.ts";
import type { EveryOptions, Schedule } from "./schedule.ts";
import {
  checkEvery,
  checkFactor,
  checkLength,
  checkPositive,
  countOf,
  defineSchedule,
  inUnits,
} from "./schedule.ts";

export interface StepOptions extends EveryOptions {
  /** Steps, or epochs, from one drop to the next; below 1, a share of the run. A third of the run by default. */
  readonly length?: number;
  /** What each drop multiplies with; 0.1 by default. */
  readonly factor?: number;
}

/** factor^⌊k / length⌋: drops at equal distances, PyTorch's StepLR. @throws UsageError where an option is out of range */
export function step({ length = 1 / 3, factor = 0.1, every = "step" }: StepOptions = {}): Schedule {
  checkLength("step", "length", length);
  checkFactor("step", "factor", factor);
  checkEvery("step", every);
  return defineSchedule({
    name: "step",
    settings: { length, factor, every },
    factor: (at) => {
      const { done, total } = countOf(at, every);
      return factor ** Math.floor(done / inUnits(length, total));
    },
  });
}

export interface MultiStepOptions extends EveryOptions {
  /** Where it drops, in steps or epochs, rising; below 1, shares of the run. [0.5, 0.75] by default. */
  readonly milestones?: readonly number[];
  /** What each drop multiplies with; 0.1 by default. */
  readonly factor?: number;
}

/**
 * factor^(milestones reached). The defaults are those of He, Zhang, Ren and Sun, "Deep residual learning", CVPR 2016, on
 * CIFAR-10: a tenth after half of the run, and again after three quarters.
 * @throws UsageError where an option is out of range
 */
export function multiStep(options: MultiStepOptions = {}): Schedule {
  const { milestones = [0.5, 0.75], factor = 0.1, every = "step" } = options;
  checkMilestones("multiStep", milestones);
  checkFactor("multiStep", "factor", factor);
  checkEvery("multiStep", every);
  return defineSchedule({
    name: "multi-step",
    settings: { milestones: milestones.join(" "), factor, every },
    factor: (at) => {
      const { done, total } = countOf(at, every);
      return factor ** reached(milestones, done, total);
    },
  });
}

/** @throws UsageError unless they rise, each a share of the run or a whole number of steps or epochs */
export function checkMilestones(schedule: string, milestones: readonly number[]): void {
  for (const milestone of milestones) checkLength(schedule, "milestones", milestone);
  const rising = milestones.every((milestone, index) => milestone > (milestones[index - 1] ?? 0));
  const mixed = new Set(milestones.map((milestone) => milestone < 1)).size > 1;
  if (rising && !mixed && milestones.length > 0) return;
  throw new UsageError({
    where: `schedules.${schedule}(milestones)`,
    problem: "wrong milestones",
    got: `[${milestones.join(", ")}]`,
    expected: "rising numbers, all in steps or epochs, or all shares of the run",
  });
}

/** How many milestones are reached. */
export const reached = (milestones: readonly number[], done: number, total: number): number =>
  milestones.filter((milestone) => done >= inUnits(milestone, total)).length;

export interface ExponentialOptions extends EveryOptions {
  /** What each step, or epoch, multiplies with. By default it follows from `end`. */
  readonly rate?: number;
  /** Where no rate is given, the factor at the end of the run; 0.01 by default. */
  readonly end?: number;
}

/**
 * rate^k, PyTorch's ExponentialLR (whose gamma counts epochs); without a rate end^(k / N), which falls to `end` over the
 * run. @throws UsageError where an option is out of range, or both are given
 */
export function exponential({ rate, end, every = "step" }: ExponentialOptions = {}): Schedule {
  checkEvery("exponential", every);
  if (rate === undefined) {
    const last = end ?? 0.01;
    checkPositive("exponential", "end", last);
    return defineSchedule({
      name: "exponential",
      settings: { end: last, every },
      factor: (at) => {
        const { done, total } = countOf(at, every);
        return last ** Math.min(1, done / total);
      },
    });
  }
  checkPositive("exponential", "rate", rate);
  if (end !== undefined) {
    const hint = "give one of them";
    throw new UsageError({ where: "schedules.exponential(end)", problem: "a rate is given too", hint });
  }
  return defineSchedule({
    name: "exponential",
    settings: { rate, every },
    factor: (at) => rate ** countOf(at, every).done,
  });
}

export interface InverseTimeOptions extends EveryOptions {
  /** 1e-3 by default. */
  readonly decay?: number;
}

/**
 * 1 / (1 + decay · k): the `decay` of Keras' first optimizers, which counts steps. 1e-3 is that of the `vanishing` paper.
 * @throws UsageError where an option is out of range
 */
export function inverseTime({ decay = 1e-3, every = "step" }: InverseTimeOptions = {}): Schedule {
  checkFactor("inverseTime", "decay", decay);
  checkEvery("inverseTime", every);
  return defineSchedule({
    name: "inverse-time",
    settings: { decay, every },
    factor: (at) => 1 / (1 + decay * countOf(at, every).done),
  });
}
