import type { Device } from "../device/device.ts";
import type { TuningTable } from "../kernels/tuning_table.ts";
import type { Candidate, Subject } from "./candidate.ts";
import type { AskedPeer, PeerResult } from "./peer.ts";
import { PeerWatch } from "./peer_watch.ts";
import type { BenchRow, Measured } from "./result.ts";
import type { MeasureOptions } from "./stopwatch.ts";
import { Stopwatch } from "./stopwatch.ts";
import type { Peaks } from "./work.ts";
import { ratesOf } from "./work.ts";

export interface RunOptions extends MeasureOptions {
  readonly peaks: Peaks;
  /** What programs are compiled with; untuned without. */
  readonly tuning?: TuningTable | undefined;
  /** A second device, whose shaders have no bounds checks: every row is checked and timed there too. */
  readonly unchecked?: Device | undefined;
  /** Do the same as our rows, where they can, and take turns with them. */
  readonly peers?: readonly AskedPeer[];
  /** Told of what is done: each row counts once when it is ready and once when it is timed, for us and for each peer. */
  onProgress?(done: number, total: number): void;
}

/** A candidate on its way to a row. */
interface Entry {
  readonly candidate: Candidate;
  readonly subject?: Subject;
  readonly stopwatch?: Stopwatch;
  /** The same on the device without bounds checks. */
  readonly unchecked?: Entry;
  readonly watches?: readonly PeerWatch[];
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
  const parts = 1 + (options.peers?.length ?? 0);
  const total = 2 * parts * candidates.length;
  const entries: Entry[] = [];
  try {
    for (const candidate of candidates) {
      const count = (ready: number) => options.onProgress?.(parts * entries.length + ready, total);
      entries.push(await prepareOnBoth(device, candidate, options, count));
      count(0);
    }
    const ready = parts * candidates.length;
    await takeSamples(entries, parts, (timed) => options.onProgress?.(ready + timed, total));
    return entries.map((entry) => rowOf(entry, options.peaks));
  } finally {
    for (const entry of entries) release(entry);
  }
}

function release({ stopwatch, subject, unchecked, watches = [] }: Entry): void {
  stopwatch?.release();
  subject?.release();
  for (const watch of watches) watch.release();
  if (unchecked) release(unchecked);
}

async function prepareOnBoth(
  device: Device,
  candidate: Candidate,
  options: RunOptions,
  onReady: (parts: number) => void,
): Promise<Entry> {
  const entry = await prepare(device, candidate, options, onReady);
  if (!options.unchecked || entry.error !== null) return entry;
  const unchecked = await prepare(options.unchecked, candidate, { ...options, peers: [] }, () => {});
  if (unchecked.error === null) return { ...entry, unchecked };
  release(unchecked);
  entry.stopwatch?.release();
  for (const watch of entry.watches ?? []) watch.release();
  const { subject } = entry;
  return { candidate, ...(subject && { subject }), error: `without bounds checks: ${unchecked.error}` };
}

async function prepare(
  device: Device,
  candidate: Candidate,
  options: RunOptions,
  onReady: (parts: number) => void,
): Promise<Entry> {
  let subject: Subject | undefined;
  try {
    subject = await candidate.prepare(device, options.tuning);
    const error = await subject.check();
    if (error !== null) return { candidate, subject, error };
    const stopwatch = new Stopwatch(device, subject, options);
    await stopwatch.warmUp();
    onReady(1);
    return {
      candidate,
      subject,
      stopwatch,
      watches: await watchPeers(subject, options, onReady),
      error: null,
    };
  } catch (error) {
    if (!device.usable) throw error;
    const message = error instanceof Error ? error.message : String(error);
    return { candidate, ...(subject && { subject }), error: message };
  }
}

async function watchPeers(
  { comparison }: Subject,
  { peers = [], ...options }: RunOptions,
  onReady: (parts: number) => void,
): Promise<PeerWatch[]> {
  const watches: PeerWatch[] = [];
  if (!comparison) return watches;
  for (const peer of peers) {
    watches.push(await PeerWatch.prepare(peer, comparison, options));
    onReady(1 + watches.length);
  }
  return watches;
}

/** A row's own stopwatch goes on until its peers are done as well, so that all see the same machine. */
async function takeSamples(
  entries: readonly Entry[],
  parts: number,
  onTimed: (done: number) => void,
): Promise<void> {
  let waiting = entries.flatMap(({ stopwatch, unchecked, watches = [] }) => {
    const second = unchecked?.stopwatch;
    return stopwatch ? [{ stopwatch, all: [stopwatch, ...(second ? [second] : []), ...watches] }] : [];
  });
  while (waiting.length > 0) {
    for (const { stopwatch, all } of waiting) {
      for (const watch of all) if (watch === stopwatch || !watch.done) await watch.sample();
      onTimed(parts * (entries.length - waiting.length) + doneOf(waiting));
    }
    waiting = waiting.filter(({ all }) => all.some(({ done }) => !done));
    onTimed(parts * (entries.length - waiting.length) + doneOf(waiting));
  }
}

/** Parts that are timed, of rows that are not done. */
const doneOf = (rows: readonly { readonly all: readonly { readonly done: boolean }[] }[]): number =>
  rows.reduce((sum, { all }) => sum + all.filter(({ done }) => done).length, 0);

function rowOf(entry: Entry, peaks: Peaks): BenchRow {
  const { candidate, subject, stopwatch, unchecked, watches = [], error } = entry;
  const { name, case: sizes, variant } = candidate;
  const without = unchecked?.stopwatch?.result().wall;
  return {
    ...(stopwatch && watches.length > 0 && { against: against(stopwatch, watches) }),
    name,
    case: sizes,
    variant,
    measured:
      subject && stopwatch
        ? { ...measured(subject, stopwatch, peaks), ...(without && { uncheckedMilliseconds: without }) }
        : null,
    compileMilliseconds: subject?.compileMilliseconds ?? null,
    peakBytes: subject?.step.program.peakBytes ?? null,
    error,
  };
}

/** Of a training step, peers read the loss at each step: so must we. */
function against(stopwatch: Stopwatch, watches: readonly PeerWatch[]): Record<string, PeerResult> {
  const { wall, withReadback } = stopwatch.result();
  const { median } = withReadback ?? wall;
  return Object.fromEntries(watches.map((watch) => [watch.name, watch.result(median)]));
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
