import type { Candidate } from "../benchmarks/candidate.ts";
import type { BenchRow } from "../benchmarks/result.ts";
import type { RunOptions } from "../benchmarks/run.ts";
import { runBenchmarks } from "../benchmarks/run.ts";
import { benchmarkSuite } from "../benchmarks/suite.ts";
import type { Device } from "../device/device.ts";
import type { Spread } from "../device/timing.ts";
import { traitsOf } from "../device/traits.ts";
import { storeTuning } from "../kernels/stored_tuning.ts";
import type { TuneReport } from "../plan/tuning/tune_program.ts";
import type { Output } from "./output.ts";
import type { CommandTuning } from "./tuning.ts";
import { keepTuning } from "./tuning.ts";

/** A tuned row beside the same row untuned. */
export interface TunedRow {
  /** Untuned median by tuned median: above 1, tuning made it faster. */
  readonly ratio: number;
  /** Of the noisier of the two. */
  readonly noise: number;
  /** Tuning left the program as it was, so that it was timed once. */
  readonly same: boolean;
  readonly untuned: { readonly variant: string; readonly milliseconds: Spread };
}

/**
 * Measures what each candidate could do otherwise and stores it after each, so that an interrupt loses little.
 * A candidate that fails is left to the benchmark, which says why.
 * @returns those that go on with other kernels than untuned
 */
export async function tuneCandidates(
  device: Device,
  output: Output,
  candidates: readonly Candidate[],
  tuning: CommandTuning,
): Promise<ReadonlySet<Candidate>> {
  const changed = new Set<Candidate>();
  const progress = output.progress({ label: "tune", total: 100 * candidates.length });
  try {
    for (const [index, candidate] of candidates.entries()) {
      progress.update(100 * index);
      try {
        const report = await tuneOne(device, candidate, tuning, (share) => {
          progress.update(Math.round(100 * (index + share)));
        });
        if (report.changed) changed.add(candidate);
      } catch (error) {
        if (!device.usable) throw error;
        output.notice(`${candidate.name} ${candidate.case} is not tuned: ${String(error)}`);
      }
      if (tuning.store) await storeTuning(tuning.store, tuning.table);
    }
  } finally {
    progress.stop();
  }
  await keepTuning(tuning, output);
  return changed;
}

async function tuneOne(
  device: Device,
  candidate: Candidate,
  { table }: CommandTuning,
  onShare: (share: number) => void,
): Promise<TuneReport> {
  const subject = await candidate.prepare(device, table);
  try {
    return await subject.tune({
      label: `${candidate.name} ${candidate.case}`,
      onProgress: ({ done, total }) => onShare(done / Math.max(1, total)),
    });
  } finally {
    subject.release();
  }
}

/**
 * Times candidates with their tuning and without; samples of all take turns.
 * @param changed those that tuning made another program of; the others are timed once
 * @returns for each candidate its tuned row, and how it stands to the untuned one where both have times
 */
export async function runTunedBenchmarks(
  device: Device,
  candidates: readonly Candidate[],
  changed: ReadonlySet<Candidate>,
  { tuning, ...options }: RunOptions,
): Promise<{ readonly row: BenchRow; readonly tuned: TunedRow | null }[]> {
  const suite = benchmarkSuite(traitsOf(device), false, tuning);
  // Tuning changes the names of kernels, which are a part of a row's; the case stays.
  const tuned = candidates.flatMap((candidate): Candidate[] => {
    if (!changed.has(candidate)) return [];
    const own = suite.find(({ name, case: sizes }) => name === candidate.name && sizes === candidate.case);
    return [{ ...(own ?? candidate), prepare: (on) => (own ?? candidate).prepare(on, tuning) }];
  });
  const rows = await runBenchmarks(device, [...candidates, ...tuned], options);
  const tunedRows = rows.slice(candidates.length).values();
  return candidates.map((candidate, index) => {
    const usual = rows[index];
    const row = changed.has(candidate) ? tunedRows.next().value : usual;
    if (!usual || !row) throw new Error("internal: a row went missing");
    return { row, tuned: compareTuned(row, usual) };
  });
}

/** How a tuned row stands to the same row untuned; null where either has no time. */
export function compareTuned(row: BenchRow, usual: BenchRow): TunedRow | null {
  if (!row.measured || !usual.measured) return null;
  const { milliseconds, noise } = usual.measured;
  return {
    ratio: milliseconds.median / row.measured.milliseconds.median,
    noise: Math.max(noise, row.measured.noise),
    same: row === usual,
    untuned: { variant: usual.variant, milliseconds },
  };
}
