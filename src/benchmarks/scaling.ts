import type { Device } from "../device/device.ts";
import { OutOfMemoryError } from "../device/errors.ts";
import { traitsOf } from "../device/traits.ts";
import type { Candidate } from "./candidate.ts";
import type { PowerFit } from "./fit.ts";
import { fitPower } from "./fit.ts";
import type { Measured } from "./result.ts";
import { runBenchmarks } from "./run.ts";
import type { ScalingSeries } from "./scaling_series.ts";
import type { Peaks } from "./work.ts";

/** What of the device or of the machine a size does not fit into, in bytes where they are known. */
export interface MetLimit {
  readonly name: string;
  readonly needed: number | null;
  readonly allowed: number | null;
}

/** One size: measured, or why not. A limit that is met, or a time that would be too long, is no error. */
export interface ScalingPoint {
  readonly size: number;
  readonly variant: string | null;
  readonly measured: Measured | null;
  readonly peakBytes: number | null;
  readonly limit: MetLimit | null;
  /** Of a run that was left out because it would take this long. */
  readonly predictedMilliseconds: number | null;
  /** What is wrong with the result. */
  readonly error: string | null;
}

export interface ScalingResult extends Pick<ScalingSeries, "name" | "title" | "size" | "order"> {
  readonly points: readonly ScalingPoint[];
  /** Of the median time by size. */
  readonly fit: PowerFit | null;
}

export interface ScalingOptions {
  readonly peaks: Peaks;
  /** A size is left out, and all above it, where one run would take longer than this. */
  readonly mostMilliseconds: number;
  /** Bytes that the process may still take. */
  readonly availableBytes: number;
  /** Told after each size. */
  onPoint?(point: ScalingPoint): void;
}

/** Few and short samples: a series is about ratios of many times each other. */
const measuring = { sampleMilliseconds: 10, rowMilliseconds: 300, leastSamples: 3, mostSamples: 5 };

const nothing = {
  variant: null,
  measured: null,
  peakBytes: null,
  limit: null,
  predictedMilliseconds: null,
  error: null,
};

/**
 * Checks and times one series, size by size.
 * @throws DeviceError where the device fails for good
 */
export async function runSeries(
  device: Device,
  series: ScalingSeries,
  options: ScalingOptions,
): Promise<ScalingResult> {
  const points: ScalingPoint[] = [];
  for (const size of series.sizes) {
    const point = await pointOf(device, series, size, points, options);
    points.push(point);
    options.onPoint?.(point);
  }
  const { name, title, order } = series;
  return { name, title, size: series.size, order, points, fit: fitOf(points) };
}

/** The exponent of the median times. */
export const fitOf = (points: readonly ScalingPoint[]): PowerFit | null =>
  fitPower(
    points.flatMap(({ size, measured }) => (measured ? [[size, measured.milliseconds.median] as const] : [])),
  );

async function pointOf(
  device: Device,
  series: ScalingSeries,
  size: number,
  before: readonly ScalingPoint[],
  options: ScalingOptions,
): Promise<ScalingPoint> {
  const limit = limitOf(device, series, size, options.availableBytes);
  if (limit) return { ...nothing, size, limit };
  const predictedMilliseconds = predict(series, size, before);
  if (predictedMilliseconds > options.mostMilliseconds) return { ...nothing, size, predictedMilliseconds };
  let refused: OutOfMemoryError | undefined;
  const candidate = series.candidate(size, traitsOf(device));
  const watched: Candidate = {
    ...candidate,
    prepare: (where) =>
      candidate.prepare(where).catch((error: unknown) => {
        if (error instanceof OutOfMemoryError) refused = error;
        throw error;
      }),
  };
  const [row] = await runBenchmarks(device, [watched], { peaks: options.peaks, ...measuring });
  if (!row) throw new Error("internal: a benchmark without a row");
  if (refused) return { ...nothing, size, limit: limitIn(refused) };
  const { variant, measured, peakBytes, error } = row;
  return { ...nothing, size, variant, measured, peakBytes, error };
}

/** What a size does not fit into, before anything is made for it. */
export function limitOf(
  { limits }: Pick<Device, "limits">,
  series: Pick<ScalingSeries, "needs">,
  size: number,
  availableBytes: number,
): MetLimit | null {
  const { tensor, memory } = series.needs(size);
  const met = (name: string, needed: number, allowed: number): MetLimit[] =>
    needed > allowed ? [{ name, needed, allowed }] : [];
  const { maxBufferSize, maxStorageBufferBindingSize } = limits;
  const [first = null] = [
    ...met("maxStorageBufferBindingSize", tensor, maxStorageBufferBindingSize),
    ...met("maxBufferSize", tensor, maxBufferSize),
    ...met("memory", memory, availableBytes),
  ];
  return first;
}

const limitIn = ({ message }: OutOfMemoryError): MetLimit => ({
  name: /\((max\w+)\)/.exec(message)?.[1] ?? "memory",
  needed: null,
  allowed: null,
});

/** Milliseconds of one run, from the last size that was timed and how the work grows. */
export function predict(
  { order }: Pick<ScalingSeries, "order">,
  size: number,
  before: readonly ScalingPoint[],
): number {
  const last = before.findLast(({ measured }) => measured);
  if (last?.measured) return last.measured.milliseconds.median * (size / last.size) ** order;
  return 0;
}
