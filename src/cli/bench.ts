import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import type { Baseline } from "../benchmarks/baseline.ts";
import { compareRow, parseBaseline } from "../benchmarks/baseline.ts";
import type { Candidate } from "../benchmarks/candidate.ts";
import type { AskedPeer } from "../benchmarks/peer.ts";
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
import { isGuarded, runCommandGuarded, tellWritten } from "./bench_guard.ts";
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
  /** Names of peers, with commas between. */
  readonly against?: string;
  readonly out?: string;
}

/** Times kernels and training steps, each once its result is known to be right. */
export async function runBench(options: BenchOptions): Promise<ExitCode> {
  const output = new Output(options);
  const pattern = patternOf(options.pattern);
  const baseline = options.baseline === undefined ? null : await readBaseline(options.baseline);
  const asked = peersAsked(options);
  const guarded = asked.length > 0 && !isGuarded() ? await runCommandGuarded(output) : null;
  if (typeof guarded === "number") return guarded;
  const device = await openDevice(nodePlatform, { adapter: options.adapter });
  let peers: readonly AskedPeer[] = [];
  try {
    const candidates = chosen(device, options, pattern);
    output.notice(`Adapter: ${adapterSentence(device.adapter)}`);
    if (baseline && baseline.adapter !== device.adapter.description)
      output.notice(`The baseline is of another adapter: ${baseline.adapter}`);
    peers = guarded ? withoutPeers(asked, guarded.crash) : await openPeers(asked, device, output);
    const { gflops, gigabytesPerSecond } = await measureRoofline(device);
    const peaks = { gflops, gigabytesPerSecond };
    const rows = await measure(device, output, candidates, { peaks, peers }, baseline);
    const document = benchDocument(device.adapter, peaks, rows);
    if (options.out !== undefined) await store(options.out, document);
    output.result(document, () => benchText(peaks, rows));
    const failed = rows.some(({ row, compared }) => row.error !== null || compared?.regression);
    return tellWritten(failed ? exitCodes.failed : exitCodes.done);
  } finally {
    closePeers(peers);
    device.dispose();
  }
}

async function measure(
  device: Device,
  output: Output,
  candidates: readonly Candidate[],
  { peaks, peers }: { readonly peaks: Peaks; readonly peers: readonly AskedPeer[] },
  baseline: Baseline | null,
): Promise<ComparedRow[]> {
  const progress = output.progress({ label: "bench", total: 2 * candidates.length * (1 + peers.length) });
  try {
    const rows = await runBenchmarks(device, candidates, {
      peaks,
      peers,
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
