import type { EveryOptions, Schedule } from "./schedule.ts";
import {
  checkEvery,
  checkFactor,
  checkLength,
  checkSetting,
  countOf,
  defineSchedule,
  inUnits,
} from "./schedule.ts";

export interface CosineRestartsOptions extends EveryOptions {
  /** T_0, steps or epochs of the first cycle; below 1, a share of the run. 1 / 7 by default: three cycles, each doubled. */
  readonly length?: number;
  /** T_mult, how much longer each cycle is than the one before it; 2 by default. */
  readonly multiplier?: number;
  /** The factor at the end of each cycle; 0 by default. */
  readonly end?: number;
}

/**
 * end + (1 − end) · ½ · (1 + cos(π · T_cur / T_i)), T_cur counted from the last restart, T_i = T_0 · T_mult^i: Loshchilov
 * and Hutter, "SGDR: stochastic gradient descent with warm restarts", ICLR 2017, equation 5.
 * @throws UsageError where an option is out of range
 */
export function cosineRestarts(options: CosineRestartsOptions = {}): Schedule {
  const { length = 1 / 7, multiplier = 2, end = 0, every = "step" } = options;
  checkLength("cosineRestarts", "length", length);
  const valid = Number.isFinite(multiplier) && multiplier >= 1;
  checkSetting("cosineRestarts", "multiplier", multiplier, valid, "a finite number of at least 1");
  checkFactor("cosineRestarts", "end", end);
  checkEvery("cosineRestarts", every);
  return defineSchedule({
    name: "cosine-restarts",
    settings: { length, multiplier, end, every },
    factor: (at) => {
      const { done, total } = countOf(at, every);
      const share = shareOfCycle(done / inUnits(length, total), multiplier);
      return end + ((1 - end) * (1 + Math.cos(Math.PI * share))) / 2;
    },
  });
}

/** How much of its cycle is over at a time given in first cycles. */
function shareOfCycle(time: number, multiplier: number): number {
  // A sum of shares of the run may stop just short of a restart, at a factor that is 0: such a step counts as the restart.
  const rounded = time + 1e-9;
  if (multiplier === 1) return Math.max(0, rounded - Math.floor(rounded) - 1e-9);
  const cycle = Math.floor(Math.log(rounded * (multiplier - 1) + 1) / Math.log(multiplier));
  const begin = (multiplier ** cycle - 1) / (multiplier - 1);
  return Math.max(0, (time - begin) / multiplier ** cycle);
}
