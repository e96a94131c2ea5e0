import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import type { Baseline } from "../benchmarks/baseline.ts";
import { compareRow, parseBaseline } from "../benchmarks/baseline.ts";
import type { Candidate } from "../benchmarks/candidate.ts";
import { runBenchmarks } from "../benchmarks/run.ts";
import { benchmarkSuite, matching } from "../benchmarks/suite.ts";
import type { Peaks } from "../benchmarks/work.ts";
import type { Device } from "../device/device.ts";
import { UsageError } from "../device/errors.ts";
import { nodePlatform } from "../device/node.ts";
import { openDevice } from "../device/open.ts";
import { traitsOf } from "../device/traits.ts";
import { measureRoofline } from "../kernels/roofline.ts";
import { adapterSentence } from "./adapter.ts";
import type { ComparedRow } from "./bench_report.ts";
import { benchDocument, benchText } from "./bench_report.ts";
import { runTunedBenchmarks, tuneCandidates } from "./bench_tune.ts";
import { type ExitCode, exitCodes, type GlobalOptions } from "./options.ts";
import { Output } from "./output.ts";
import type { CommandTuning } from "./tuning.ts";
import { openTuning } from "./tuning.ts";

export interface BenchOptions extends GlobalOptions {
  /** A regular expression for names, cases and variants, in any case. */
  readonly pattern?: string | undefined;
  readonly variants?: boolean;
  readonly tune?: boolean;
  readonly untuned?: boolean;
  readonly baseline?: string;
  readonly out?: string;
}

/** Times kernels and training steps, each once its result is known to be right. */
export async function runBench(options: BenchOptions): Promise<ExitCode> {
  const output = new Output(options);
  const pattern = patternOf(options.pattern);
  expectOneOf(options);
  const baseline = options.baseline === undefined ? null : await readBaseline(options.baseline);
  const device = await openDevice(nodePlatform, { adapter: options.adapter });
  try {
    output.notice(`Adapter: ${adapterSentence(device.adapter)}`);
    const tuning = await openTuning(device, output, options);
    const candidates = chosen(device, options, pattern, tuning);
    if (baseline && baseline.adapter !== device.adapter.description)
      output.notice(`The baseline is of another adapter: ${baseline.adapter}`);
    const { gflops, gigabytesPerSecond } = await measureRoofline(device);
    const peaks = { gflops, gigabytesPerSecond };
    const changed = options.tune ? await tuneCandidates(device, output, candidates, tuning) : null;
    const rows = await measure(device, output, candidates, peaks, baseline, tuning, changed);
    const document = benchDocument(device.adapter, peaks, rows);
    if (options.out !== undefined) await store(options.out, document);
    output.result(document, () => benchText(peaks, rows));
    return rows.some(({ row, compared }) => row.error !== null || compared?.regression)
      ? exitCodes.failed
      : exitCodes.done;
  } finally {
    device.dispose();
  }
}

async function measure(
  device: Device,
  output: Output,
  candidates: readonly Candidate[],
  peaks: Peaks,
  baseline: Baseline | null,
  { table: tuning }: CommandTuning,
  changed: ReadonlySet<Candidate> | null,
): Promise<ComparedRow[]> {
  const progress = output.progress({ label: "bench", total: 2 * (candidates.length + (changed?.size ?? 0)) });
  const run = { peaks, tuning, onProgress: (done: number) => progress.update(done) };
  try {
    const rows = changed
      ? await runTunedBenchmarks(device, candidates, changed, run)
      : (await runBenchmarks(device, candidates, run)).map((row) => ({ row, tuned: null }));
    return rows.map(({ row, tuned }) => ({ row, tuned, compared: baseline && compareRow(row, baseline) }));
  } finally {
    progress.stop();
  }
}

function chosen(
  device: Device,
  { variants, tune, pattern: given }: BenchOptions,
  pattern: RegExp,
  { table }: CommandTuning,
): Candidate[] {
  // With --tune, untuned rows are what is tuned and compared.
  const suite = benchmarkSuite(traitsOf(device), variants && !tune, tune ? undefined : table);
  const candidates = matching(suite, pattern);
  if (candidates.length > 0) return candidates;
  const names = [...new Set(suite.map(({ name }) => name))].join(", ");
  throw new UsageError({ where: "bench", problem: "nothing matches", got: given ?? "", expected: names });
}

/** A row is tuned against what a program runs untuned: there is nothing else to compare. */
function expectOneOf({ tune, untuned, variants }: BenchOptions): void {
  if (!tune || (!untuned && !variants)) return;
  const got = `--tune with ${untuned ? "--untuned" : "--variants"}`;
  throw new UsageError({ where: "bench", problem: "these options exclude each other", got });
}

function patternOf(pattern = ""): RegExp {
  try {
    return new RegExp(pattern, "i");
  } catch (cause) {
    const expected = "a regular expression";
    throw new UsageError({ where: "bench", problem: "wrong pattern", got: pattern, expected }, { cause });
  }
}

async function readBaseline(path: string): Promise<Baseline> {
  const text = await readFile(path, "utf8").catch((cause: unknown) => {
    throw new UsageError({ where: "bench(--baseline)", problem: "cannot be read", got: path }, { cause });
  });
  return parseBaseline(text, `bench(--baseline ${path})`);
}

async function store(path: string, document: object): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, `${JSON.stringify(document, null, 2)}\n`);
  } catch (cause) {
    throw new UsageError({ where: "bench(--out)", problem: "cannot be written", got: path }, { cause });
  }
}
