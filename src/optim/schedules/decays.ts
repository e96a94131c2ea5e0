import type { EveryOptions, Schedule } from "./schedule.ts";
import {
  checkCovers,
  checkEvery,
  checkFactor,
  checkLength,
  checkPositive,
  countOf,
  defineSchedule,
  inUnits,
} from "./schedule.ts";
import { warmUp as warmUpOf } from "./warm_up.ts";

export interface DecayOptions extends EveryOptions {
  /** The factor at the end; 0 by default. */
  readonly end?: number;
  /** Steps, or epochs, until then; the whole run by default. A run that is longer is refused. */
  readonly length?: number;
  /** Steps, or epochs, over which the factor first rises from near 0 to 1, as `warmUp` does; 0 by default. */
  readonly warmUp?: number;
}

/**
 * From 1 straight down to `end`: factor = (1 − α) + α · end with α = k / N. Every step by default, k of N steps done. With
 * `every: "epoch"`, k of N epochs done: the interpolation η_k = η_0 · (1 − α) + α · η_N of the `sgd` paper, which goes from
 * 0.1 to 1e-4 by `sgd({ learningRate: 0.1 })` and `linear({ every: "epoch", end: 1e-3 })`. `end` is what would follow the
 * last step or epoch; that one itself is trained with α = (N − 1) / N.
 * @throws UsageError where an option is out of range
 */
export const linear = (options: DecayOptions = {}): Schedule =>
  decay("linear", options, {}, (share) => 1 - share);

/**
 * From 1 to `end` along half a cosine: Loshchilov and Hutter, "SGDR", ICLR 2017, equation 5, without restarts.
 * @throws UsageError where an option is out of range
 */
export const cosine = (options: DecayOptions = {}): Schedule =>
  decay("cosine", options, {}, (share) => (1 + Math.cos(Math.PI * share)) / 2);

export interface PolynomialOptions extends DecayOptions {
  /** 0.9 by default; 1 is `linear`. */
  readonly power?: number;
}

/**
 * From 1 to `end` as (1 − k / N)^power: the "poly" policy of Chen, Papandreou, Kokkinos, Murphy and Yuille, "DeepLab",
 * 2017, whose power is the default.
 * @throws UsageError where an option is out of range
 */
export function polynomial(options: PolynomialOptions = {}): Schedule {
  const { power = 0.9 } = options;
  checkPositive("polynomial", "power", power);
  return decay("polynomial", options, { power }, (share) => (1 - share) ** power);
}

/** @param shape from 1 at 0 to 0 at 1 */
function decay(
  name: string,
  { end = 0, length, every = "step", warmUp = 0 }: DecayOptions,
  settings: Readonly<Record<string, number>>,
  shape: (share: number) => number,
): Schedule {
  checkFactor(name, "end", end);
  checkEvery(name, every);
  if (length !== undefined) checkLength(name, "length", length);
  const schedule = defineSchedule({
    name,
    settings: { end, every, ...(length !== undefined && { length }), ...settings },
    factor: (at) => {
      const { done, total } = countOf(at, every);
      const share = Math.min(1, done / (length === undefined ? total : inUnits(length, total)));
      return end + (1 - end) * shape(share);
    },
    check: (run) => {
      if (length !== undefined && length >= 1) checkCovers(name, "length", length, every, run);
    },
  });
  return warmUp === 0 ? schedule : warmUpOf(schedule, { length: warmUp, every });
}
