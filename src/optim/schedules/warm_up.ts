import { UsageError } from "../../device/errors.ts";
import type { EveryOptions, Schedule, ScheduleRun } from "./schedule.ts";
import {
  checkEvery,
  checkLength,
  checkSetting,
  countWords,
  defineSchedule,
  inUnits,
  totalOf,
} from "./schedule.ts";

export interface WarmUpOptions extends EveryOptions {
  /** Steps, or epochs; below 1, a share of the run. */
  readonly length: number;
  /** Where the rise begins, as a share of the schedule's first factor; 0 by default. */
  readonly start?: number;
}

/**
 * Lets a schedule begin gently: over w steps, or epochs, its first factor is multiplied with start + (1 − start) ·
 * (k + 1) / (w + 1), after which it runs over what is left of the training. The first step's factor is above 0, else it
 * would be lost. Goyal et al., "Accurate, large minibatch SGD", 2017.
 * @throws UsageError where an option is out of range
 */
export function warmUp(schedule: Schedule, { length, every = "step", start = 0 }: WarmUpOptions): Schedule {
  checkLength("warmUp", "length", length);
  checkEvery("warmUp", every);
  checkSetting("warmUp", "start", start, start >= 0 && start < 1, "at least 0 and below 1");
  /** Of the warm-up, rounded up. */
  const lengthOf = (run: ScheduleRun): number => Math.ceil(inUnits(length, totalOf(run, every)));
  const stepsOf = (run: ScheduleRun): number => lengthOf(run) * (every === "step" ? 1 : run.stepsPerEpoch);
  return defineSchedule({
    ...schedule,
    settings: { ...schedule.settings, warmUp: length, warmUpEvery: every, warmUpStart: start },
    factor: (at) => {
      const { step, totalSteps, epoch, stepsPerEpoch } = at;
      const steps = stepsOf(at);
      const left = Math.max(1, totalSteps - steps);
      if (step >= steps) {
        const later = Math.max(0, epoch - Math.floor(steps / stepsPerEpoch));
        return schedule.factor({ step: step - steps, totalSteps: left, epoch: later, stepsPerEpoch });
      }
      const share = ((every === "step" ? step : epoch) + 1) / (lengthOf(at) + 1);
      const first = schedule.factor({ step: 0, totalSteps: left, epoch: 0, stepsPerEpoch });
      return first * (start + (1 - start) * share);
    },
    check: (run) => {
      const steps = stepsOf(run);
      if (steps >= run.totalSteps) throw tooLong(lengthOf(run), every, run);
      schedule.check({ ...run, totalSteps: run.totalSteps - steps });
    },
  });
}

function tooLong(length: number, every: "step" | "epoch", run: ScheduleRun): UsageError {
  return new UsageError({
    where: "schedules.warmUp(length)",
    problem: "the warm-up is as long as the run",
    got: countWords(length, every),
    expected: `below ${countWords(totalOf(run, every), every)}`,
    hint: "where the run goes on later, give its whole length: scheduleSteps",
  });
}
