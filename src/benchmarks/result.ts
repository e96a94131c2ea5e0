import type { Spread } from "../device/timing.ts";
import { spread } from "../device/timing.ts";
import type { RowName } from "./candidate.ts";
import type { PeerResult } from "./peer.ts";
import type { Rates } from "./work.ts";

/** What was measured of a row whose result is right. */
export interface Measured extends Rates {
  /** Of one run, by the wall clock, over samples of many runs. */
  readonly milliseconds: Spread;
  /** The same by timestamp queries; null where the adapter has none. */
  readonly gpuMilliseconds: Spread | null;
  /** Of a training step with its loss read back before the next: null for kernels. */
  readonly readMilliseconds: Spread | null;
  /** By the wall clock on a device without bounds checks; only where one was asked for. */
  readonly uncheckedMilliseconds?: Spread;
  /** See `noiseOf`. */
  readonly noise: number;
  readonly samples: number;
  /** All in one submit. */
  readonly runsPerSample: number;
  /** Of one run. */
  readonly dispatches: number;
  /** Submits that were timed: one a sample. */
  readonly submits: number;
}

/** A row of a run. One that failed its check has no time. */
export interface BenchRow extends RowName {
  readonly measured: Measured | null;
  /** From the trace to the pipelines; what the driver keeps from earlier rows comes cheaper. Null where that failed. */
  readonly compileMilliseconds: number | null;
  /** All device memory of the row, known before it runs. */
  readonly peakBytes: number | null;
  /** What is wrong with the result, or null. */
  readonly error: string | null;
  /** Peers by name, where some were asked for and the row has a time. */
  readonly against?: Readonly<Record<string, PeerResult>>;
}

/** Tells rows apart, in a run and between runs. */
export const rowKey = ({ name, case: sizes, variant }: RowName): string => `${name} ${sizes} ${variant}`;

/**
 * How samples scatter, as a share of their median: three times the median distance from it, which is about two standard
 * deviations and which one stray sample does not move.
 */
export function noiseOf(samples: readonly number[]): number {
  const { median } = spread(samples);
  return (3 * spread(samples.map((sample) => Math.abs(sample - median))).median) / median;
}
