import type { Cost } from "../kernels/kernel.ts";

/** The peaks that work is held against: 10⁹ operations and 10⁹ bytes a second. */
export interface Peaks {
  readonly gflops: number;
  readonly gigabytesPerSecond: number;
}

/** Rates of work done, and how near they come to the adapter's peaks. */
export interface Rates extends Peaks {
  /** The time that the peaks would allow, by the time it took. */
  readonly shareOfRoofline: number;
}

/**
 * The rates of work that took a time. Each part is bound by arithmetic or by traffic, whichever takes longer; parts
 * follow each other.
 */
export function ratesOf(parts: readonly Cost[], milliseconds: number, peaks: Peaks): Rates {
  const total = (amount: (cost: Cost) => number) => parts.reduce((sum, cost) => sum + amount(cost), 0);
  const least = total(({ flops, bytes }) => Math.max(flops / peaks.gflops, bytes / peaks.gigabytesPerSecond));
  return {
    gflops: total(({ flops }) => flops) / milliseconds / 1e6,
    gigabytesPerSecond: total(({ bytes }) => bytes) / milliseconds / 1e6,
    shareOfRoofline: least / 1e6 / milliseconds,
  };
}
