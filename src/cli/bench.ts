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
import { jsonText, patternOf, runContext, writeReport } from "./bench_context.ts";
import { isGuarded, runCommandGuarded, tellWritten } from "./bench_guard.ts";
import { benchPage } from "./bench_html.ts";
import { closePeers, openPeers, peersAsked, withoutPeers } from "./bench_peers.ts";
import type { ComparedRow } from "./bench_report.ts";
import { benchDocument, benchText } from "./bench_report.ts";
import { type ExitCode, exitCodes, type GlobalOptions } from "./options.ts";
import { Output } from "./output.ts";

export interface BenchOptions extends GlobalOptions {
  /** A regular expression for names, cases and variants, in any case. */
  readonly pattern?: string | undefined;
  readonly variants?: boolean;
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
  const pattern = patternOf(options.pattern);
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
    const candidates = chosen(device, options, pattern);
    output.notice(`Adapter: ${adapterSentence(device.adapter)}`);
    if (baseline && baseline.adapter !== device.adapter.description)
      output.notice(`The baseline is of another adapter: ${baseline.adapter}`);
    peers = guarded ? withoutPeers(asked, guarded.crash) : await openPeers(asked, device, output);
    const { gflops, gigabytesPerSecond } = await measureRoofline(device);
    const peaks = { gflops, gigabytesPerSecond };
    const rows = await measure(device, output, candidates, { peaks, peers, unchecked }, baseline);
    const flags = { unchecked: unchecked !== undefined, tuned: false };
    const document = { ...runContext(flags), ...benchDocument(device.adapter, peaks, rows) };
    if (options.out !== undefined) await writeReport("--out", options.out, jsonText(document));
    if (options.html !== undefined) await writeReport("--html", options.html, benchPage(document));
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
  run: Pick<RunOptions, "peaks" | "peers" | "unchecked">,
  baseline: Baseline | null,
): Promise<ComparedRow[]> {
  const progress = output.progress({
    label: "bench",
    total: 2 * candidates.length * (1 + (run.peers?.length ?? 0)),
  });
  try {
    const rows = await runBenchmarks(device, candidates, {
      ...run,
      onProgress: (done) => progress.update(done),
    });
    return rows.map((row) => ({ row, compared: baseline && compareRow(row, baseline) }));
  } finally {
    progress.stop();
  }
}

function chosen(device: Device, { variants, pattern: given }: BenchOptions, pattern: RegExp): Candidate[] {
  const suite = benchmarkSuite(traitsOf(device), variants);
  const candidates = matching(suite, pattern);
  if (candidates.length > 0) return candidates;
  const names = [...new Set(suite.map(({ name }) => name))].join(", ");
  throw new UsageError({ where: "bench", problem: "nothing matches", got: given ?? "", expected: names });
}

async function readBaseline(path: string): Promise<Baseline> {
  const text = await readFile(path, "utf8").catch((cause: unknown) => {
    throw new UsageError({ where: "bench(--baseline)", problem: "cannot be read", got: path }, { cause });
  });
  return parseBaseline(text, `bench(--baseline ${path})`);
}
