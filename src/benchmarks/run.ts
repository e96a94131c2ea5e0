import type { Device } from "../device/device.ts";
import type { TuningTable } from "../kernels/tuning_table.ts";
import type { Candidate, Subject } from "./candidate.ts";
import type { BenchRow, Measured } from "./result.ts";
import type { MeasureOptions } from "./stopwatch.ts";
import { Stopwatch } from "./stopwatch.ts";
import type { Peaks } from "./work.ts";
import { ratesOf } from "./work.ts";

export interface RunOptions extends MeasureOptions {
  readonly peaks: Peaks;
  /** What programs are compiled with; untuned without. */
  readonly tuning?: TuningTable | undefined;
  /** Told of what is done: each row counts once when it is ready and once when it is timed. */
  onProgress?(done: number, total: number): void;
}

/** A candidate on its way to a row. */
interface Entry {
  readonly candidate: Candidate;
  readonly subject?: Subject;
  readonly stopwatch?: Stopwatch;
  readonly error: string | null;
}

/**
 * Compiles, checks and times candidates. What fails its check, or does not compile, is not timed. Samples of all rows
 * take turns, so that what else the machine does meanwhile falls on all of them.
 * @returns a row for each candidate, in order
 * @throws DeviceError where the device fails for good
 */
export async function runBenchmarks(
  device: Device,
  candidates: readonly Candidate[],
  options: RunOptions,
): Promise<BenchRow[]> {
  const total = 2 * candidates.length;
  const entries: Entry[] = [];
  try {
    for (const candidate of candidates) {
      entries.push(await prepare(device, candidate, options));
      options.onProgress?.(entries.length, total);
    }
    await takeSamples(entries, (timed) => options.onProgress?.(candidates.length + timed, total));
    return entries.map((entry) => rowOf(entry, options.peaks));
  } finally {
    for (const { stopwatch, subject } of entries) {
      stopwatch?.release();
      subject?.release();
    }
  }
}

async function prepare(device: Device, candidate: Candidate, options: RunOptions): Promise<Entry> {
  let subject: Subject | undefined;
  try {
    subject = await candidate.prepare(device, options.tuning);
    const error = await subject.check();
    if (error !== null) return { candidate, subject, error };
    const stopwatch = new Stopwatch(device, subject, options);
    await stopwatch.warmUp();
    return { candidate, subject, stopwatch, error: null };
  } catch (error) {
    if (!device.usable) throw error;
    const message = error instanceof Error ? error.message : String(error);
    return { candidate, ...(subject && { subject }), error: message };
  }
}

async function takeSamples(entries: readonly Entry[], onTimed: (done: number) => void): Promise<void> {
  let waiting = entries.flatMap(({ stopwatch }) => (stopwatch ? [stopwatch] : []));
  while (waiting.length > 0) {
    for (const stopwatch of waiting) await stopwatch.sample();
    waiting = waiting.filter(({ done }) => !done);
    onTimed(entries.length - waiting.length);
  }
}

function rowOf({ candidate, subject, stopwatch, error }: Entry, peaks: Peaks): BenchRow {
  const { name, case: sizes, variant } = candidate;
  return {
    name,
    case: sizes,
    variant,
    measured: subject && stopwatch ? measured(subject, stopwatch, peaks) : null,
    compileMilliseconds: subject?.compileMilliseconds ?? null,
    peakBytes: subject?.step.program.peakBytes ?? null,
    error,
  };
}

function measured({ work, step }: Subject, stopwatch: Stopwatch, peaks: Peaks): Measured {
  const { wall, noise, gpu, withReadback } = stopwatch.result();
  return {
    milliseconds: wall,
    gpuMilliseconds: gpu,
    readMilliseconds: withReadback,
    ...ratesOf(work, wall.median, peaks),
    noise,
    samples: stopwatch.samples,
    runsPerSample: stopwatch.runs,
    dispatches: step.program.dispatchesPerStep,
    submits: stopwatch.samples,
  };
}
