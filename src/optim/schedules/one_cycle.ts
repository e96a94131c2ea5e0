import { UsageError } from "../../device/errors.ts";
import type { EveryOptions, Schedule } from "./schedule.ts";
import {
  checkCovers,
  checkEvery,
  checkFactor,
  checkLength,
  checkSetting,
  countOf,
  defineSchedule,
  inUnits,
} from "./schedule.ts";

export interface OneCycleOptions extends EveryOptions {
  /** The first factor; 1 / 25 by default. */
  readonly start?: number;
  /** The last factor; 4e-6 by default, a ten-thousandth of the first. */
  readonly end?: number;
  /** Share of the cycle in which the factor rises to 1; 0.3 by default. */
  readonly rise?: number;
  /** Of both ways; "cosine" by default. Smith's are "linear". */
  readonly shape?: "cosine" | "linear";
  /** Steps, or epochs, of the cycle; the whole run by default. A run that is longer is refused. */
  readonly length?: number;
}

/**
 * Up from `start` to 1 and down to `end`, the optimizer's learning rate being the peak: Smith and Topin,
 * "Super-convergence", 2018. The defaults are PyTorch's OneCycleLR. Momentum stays as it is.
 * @throws UsageError where an option is out of range
 */
export function oneCycle(options: OneCycleOptions = {}): Schedule {
  const { start = 1 / 25, end = 4e-6, rise = 0.3, shape = "cosine", every = "step", length } = options;
  checkFactor("oneCycle", "start", start);
  checkFactor("oneCycle", "end", end);
  checkSetting("oneCycle", "rise", rise, rise > 0 && rise < 1, "above 0 and below 1");
  checkEvery("oneCycle", every);
  if (length !== undefined) checkLength("oneCycle", "length", length);
  const way = shapeNamed(shape);
  return defineSchedule({
    name: "one-cycle",
    settings: { start, end, rise, shape, every, ...(length !== undefined && { length }) },
    factor: (at) => {
      const { done, total } = countOf(at, every);
      const share = Math.min(1, done / (length === undefined ? total : inUnits(length, total)));
      if (share < rise) return start + (1 - start) * way(share / rise);
      return 1 + (end - 1) * way((share - rise) / (1 - rise));
    },
    check: (run) => {
      if (length !== undefined && length >= 1) checkCovers("oneCycle", "length", length, every, run);
    },
  });
}

/** From 0 at 0 to 1 at 1. */
function shapeNamed(shape: string): (share: number) => number {
  if (shape === "linear") return (share) => share;
  if (shape === "cosine") return (share) => (1 - Math.cos(Math.PI * share)) / 2;
  const where = "schedules.oneCycle(shape)";
  throw new UsageError({ where, problem: "wrong value", got: shape, expected: '"cosine" or "linear"' });
}
