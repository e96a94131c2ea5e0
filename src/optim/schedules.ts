import { UsageError } from "../device/errors.ts";

/**
 * What the learning rate is multiplied with.
 * @param step counts from 0
 * @param total steps of the whole training
 */
export type Schedule = (step: number, total: number) => number;

/** Always the same learning rate. */
export const constant = (): Schedule => () => 1;

export interface DecayOptions {
  /** Steps over which the factor first rises from near 0 to 1; 0 by default. */
  readonly warmUp?: number;
  /** The factor after the last step; 0 by default. */
  readonly end?: number;
}

/** From 1 straight down to `end`. */
export const linear = (options: DecayOptions = {}): Schedule =>
  decay("linear", options, (share) => 1 - share);

/** From 1 to `end` along half a cosine: Loshchilov and Hutter, "SGDR", ICLR 2017, without restarts. */
export const cosine = (options: DecayOptions = {}): Schedule =>
  decay("cosine", options, (share) => (1 + Math.cos(Math.PI * share)) / 2);

/** @param shape from 1 at 0 to 0 at 1 */
function decay(
  name: string,
  { warmUp = 0, end = 0 }: DecayOptions,
  shape: (share: number) => number,
): Schedule {
  if (!(warmUp >= 0) || !(end >= 0)) {
    const got = `warmUp ${warmUp}, end ${end}`;
    throw new UsageError({ where: `schedules.${name}`, problem: "wrong value", got, expected: "at least 0" });
  }
  return (step, total) => {
    // Never 0 at the first step, which would be lost.
    if (step < warmUp) return (step + 1) / (warmUp + 1);
    const share = Math.min(1, (step - warmUp) / Math.max(1, total - warmUp));
    return end + (1 - end) * shape(share);
  };
}
