import { readFile } from "node:fs/promises";
import type { Baseline } from "../benchmarks/baseline.ts";
import { compareRow, parseBaseline } from "../benchmarks/baseline.ts";
import type { Candidate } from "../benchmarks/candidate.ts";
import type { AskedPeer } from "../benchmarks/peer.ts";
import type { RunOptions } from "../benchmarks/run.ts";
import { runBenchmarks } from "../benchmarks/run.ts";
import { benchmarkSuite, matching } from "../benchmarks/suite.ts";
import type { Device } from "../device/device.ts";
import { UsageError } from "../device/errors.ts";
import { nodePlatform } from "../device/node.ts";
import { openDevice } from "../device/open.ts";
import { traitsOf } from "../device/traits.ts";
import { measureRoofline } from "../kernels/roofline.ts";
import { adapterSentence } from "./adapter.ts";
import { isGuarded, runCommandGuarded, tellWritten } from "./bench_guard.ts";
import { benchPage } from "./bench_html.ts";
import { closePeers, openPeers, peersAsked, withoutPeers } from "./bench_peers.ts";
import type { ComparedRow } from "./bench_report.ts";
import { benchDocument, benchText } from "./bench_report.ts";
import { runTunedBenchmarks, tuneCandidates } from "./bench_tune.ts";
import { type ExitCode, exitCodes, type GlobalOptions } from "./options.ts";
import { Output } from "./output.ts";
import { benchContext, jsonText, patternOf, writeReport } from "./run_context.ts";
import type { CommandTuning } from "./tuning.ts";
import { openTuning } from "./tuning.ts";

export interface BenchOptions extends GlobalOptions {
  /** A regular expression for names, cases and variants, in any case. */
  readonly pattern?: string | undefined;
  readonly variants?: boolean;
  readonly tune?: boolean;
  readonly untuned?: boolean;
  readonly baseline?: string;
  /** Also on a second device, without bounds checks. */
  readonly unchecked?: boolean;
  /** Names of peers, with commas between. */
  readonly against?: string;
  readonly out?: string;
  readonly html?: string;
}

/** Times kernels and training steps, each once its result is known to be right. */
export async function runBench(options: BenchOptions): Promise<ExitCode> {
  const output = new Output(options);
  const pattern = patternOf("bench", options.pattern);
  expectOneOf(options);
  const baseline = options.baseline === undefined ? null : await readBaseline(options.baseline);
  const asked = peersAsked(options);
  const guarded = asked.length > 0 && !isGuarded() ? await runCommandGuarded(output) : null;
  if (typeof guarded === "number") return guarded;
  const { adapter } = options;
  const device = await openDevice(nodePlatform, { adapter });
  let unchecked: Device | undefined;
  let peers: readonly AskedPeer[] = [];
  try {
    if (options.unchecked) unchecked = await openDevice(nodePlatform, { adapter, unchecked: true });
    output.notice(`Adapter: ${adapterSentence(device.adapter)}`);
    const tuning = await openTuning(device, output, options);
    const candidates = chosen(device, options, pattern, tuning);
    if (baseline && baseline.adapter !== device.adapter.description)
      output.notice(`The baseline is of another adapter: ${baseline.adapter}`);
    peers = guarded ? withoutPeers(asked, guarded.crash) : await openPeers(asked, device, output);
    const { gflops, gigabytesPerSecond } = await measureRoofline(device);
    const peaks = { gflops, gigabytesPerSecond };
    const changed = options.tune ? await tuneCandidates(device, output, candidates, tuning) : null;
    const run = { peaks, peers, unchecked, tuning: tuning.table };
    const rows = await measure(device, output, candidates, run, baseline, changed);
    const flags = { unchecked: unchecked !== undefined, tuned: !tuning.table.empty };
    const document = { ...benchContext(flags), ...benchDocument(device.adapter, peaks, rows) };
    if (options.out !== undefined) await writeReport("bench(--out)", options.out, jsonText(document));
    if (options.html !== undefined) await writeReport("bench(--html)", options.html, benchPage(document));
    output.result(document, () => benchText(peaks, rows));
    const failed = rows.some(({ row, compared }) => row.error !== null || compared?.regression);
    return tellWritten(failed ? exitCodes.failed : exitCodes.done);
  } finally {
    unchecked?.dispose();
    closePeers(peers);
    device.dispose();
  }
}

async function measure(
  device: Device,
  output: Output,
  candidates: readonly Candidate[],
  given: Pick<RunOptions, "peaks" | "peers" | "unchecked" | "tuning">,
  baseline: Baseline | null,
  changed: ReadonlySet<Candidate> | null,
): Promise<ComparedRow[]> {
  const parts = 2 * (1 + (given.peers?.length ?? 0));
  const progress = output.progress({
    label: "bench",
    total: parts * (candidates.length + (changed?.size ?? 0)),
  });
  const run = { ...given, onProgress: (done: number) => progress.update(done) };
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

async function readBaseline(path: string): Promise<Baseline> {
  const text = await readFile(path, "utf8").catch((cause: unknown) => {
    throw new UsageError({ where: "bench(--baseline)", problem: "cannot be read", got: path }, { cause });
  });
  return parseBaseline(text, `bench(--baseline ${path})`);
}
