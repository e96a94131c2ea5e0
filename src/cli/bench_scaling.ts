import { availableMemory } from "node:process";
import type { ScalingPoint, ScalingResult } from "../benchmarks/scaling.ts";
import { runSeries } from "../benchmarks/scaling.ts";
import type { ScalingSeries } from "../benchmarks/scaling_series.ts";
import { scalingSeries } from "../benchmarks/scaling_series.ts";
import type { Peaks } from "../benchmarks/work.ts";
import type { AdapterSummary } from "../device/adapter.ts";
import type { Device } from "../device/device.ts";
import { UsageError } from "../device/errors.ts";
import { nodePlatform } from "../device/node.ts";
import { openDevice } from "../device/open.ts";
import { measureRoofline } from "../kernels/roofline.ts";
import { adapterDocument, adapterSentence } from "./adapter.ts";
import { jsonText, patternOf, runContext, writeReport } from "./bench_context.ts";
import { formatBytes, formatCount, formatSignificant } from "./format.ts";
import { type ExitCode, exitCodes, type GlobalOptions } from "./options.ts";
import { Output } from "./output.ts";
import { formatTable } from "./table.ts";

export interface ScalingCommand extends GlobalOptions {
  /** A regular expression for names of series, in any case. */
  readonly pattern?: string | undefined;
  readonly unchecked?: boolean;
  readonly out?: string;
}

/** A run of this many milliseconds is repeated five times at least; the next size would cost a multiple. */
const mostMilliseconds = 5000;

/** Times the same work at growing sizes and fits how the time grows. */
export async function runScaling(options: ScalingCommand): Promise<ExitCode> {
  const output = new Output(options);
  const chosen = seriesOf(options.pattern);
  const unchecked = options.unchecked ?? false;
  const device = await openDevice(nodePlatform, { adapter: options.adapter, unchecked });
  try {
    output.notice(`Adapter: ${adapterSentence(device.adapter)}`);
    const { gflops, gigabytesPerSecond } = await measureRoofline(device);
    const roofline = { gflops, gigabytesPerSecond };
    const results = await measure(device, output, chosen, roofline);
    const context = runContext({ unchecked, tuned: false });
    const document = { ...context, ...scalingDocument(device.adapter, roofline, results) };
    if (options.out !== undefined) await writeReport("--out", options.out, jsonText(document));
    output.result(document, () => scalingText(roofline, results));
    const wrong = results.some(({ points }) => points.some(({ error }) => error !== null));
    return wrong ? exitCodes.failed : exitCodes.done;
  } finally {
    device.dispose();
  }
}

async function measure(
  device: Device,
  output: Output,
  chosen: readonly ScalingSeries[],
  peaks: Peaks,
): Promise<ScalingResult[]> {
  const total = chosen.reduce((sum, { sizes }) => sum + sizes.length, 0);
  const progress = output.progress({ label: "scaling", total });
  const results: ScalingResult[] = [];
  let done = 0;
  const onPoint = () => progress.update(++done);
  try {
    for (const series of chosen) {
      const availableBytes = availableMemory();
      results.push(await runSeries(device, series, { peaks, mostMilliseconds, availableBytes, onPoint }));
    }
    return results;
  } finally {
    progress.stop();
  }
}

function seriesOf(given: string | undefined): ScalingSeries[] {
  const pattern = patternOf(given);
  const chosen = scalingSeries.filter(({ name }) => pattern.test(name));
  if (chosen.length > 0) return chosen;
  const expected = scalingSeries.map(({ name }) => name).join(", ");
  throw new UsageError({ where: "bench(--scaling)", problem: "nothing matches", got: given ?? "", expected });
}

/** The JSON document of a run: its fields are part of the public interface, see docs/cli.md. */
export function scalingDocument(adapter: AdapterSummary, roofline: Peaks, results: readonly ScalingResult[]) {
  const series = results.map(({ points, ...rest }) => ({ ...rest, points: points.map(pointDocument) }));
  return { adapter: adapterDocument(adapter), roofline, series };
}

function pointDocument({
  size,
  variant,
  measured,
  peakBytes,
  limit,
  predictedMilliseconds,
  error,
}: ScalingPoint) {
  return {
    size,
    variant,
    milliseconds: null,
    ...measured,
    peakBytes,
    ...(limit && { limit }),
    ...(predictedMilliseconds !== null && { predictedMilliseconds }),
    ...(error !== null && { error }),
  };
}

/** The same for people: a table and a sentence a series. */
export function scalingText(
  { gflops, gigabytesPerSecond }: Peaks,
  results: readonly ScalingResult[],
): string {
  return [
    `Roofline: ${formatSignificant(gflops)} GFLOP/s, ${formatSignificant(gigabytesPerSecond)} GB/s`,
    ...results.flatMap((result) => [
      "",
      `${result.name}: ${result.title}`,
      formatTable(
        [result.size, "ms", "min–max", "GFLOP/s", "GB/s", "Roofline", "Dispatches", "Peak", "Note"],
        result.points.map(cells),
      ),
      fitSentence(result),
    ]),
  ].join("\n");
}

function cells(point: ScalingPoint): string[] {
  const { size, measured, peakBytes } = point;
  if (!measured) return [`${size}`, ...Array.from({ length: 7 }, () => ""), noteOf(point)];
  const { milliseconds, gflops, gigabytesPerSecond, shareOfRoofline, dispatches } = measured;
  return [
    `${size}`,
    formatSignificant(milliseconds.median),
    `${formatSignificant(milliseconds.min)}–${formatSignificant(milliseconds.max)}`,
    formatSignificant(gflops),
    formatSignificant(gigabytesPerSecond),
    `${(100 * shareOfRoofline).toFixed(1)} %`,
    formatCount(dispatches),
    peakBytes === null ? "" : formatBytes(peakBytes),
    "",
  ];
}

/** Why a size has no time. */
export function noteOf({ limit, predictedMilliseconds, error }: ScalingPoint): string {
  if (error !== null) return `wrong: ${error}`;
  if (predictedMilliseconds !== null)
    return `not run: would take about ${formatSignificant(predictedMilliseconds / 1000)} s`;
  if (!limit) return "";
  const { name, needed, allowed } = limit;
  if (needed === null || allowed === null) return `limit: ${name}`;
  return `limit: ${name}, needs ${formatBytes(needed)} of ${formatBytes(allowed)}`;
}

/** How the time grows, and where a limit ends the series. */
export function fitSentence({ fit, order, size, points }: ScalingResult): string {
  const growth = fit
    ? `Time grows as size^${fit.exponent.toFixed(2)} from ${formatCount(fit.from)} to ${formatCount(fit.to)} ` +
      `(${fit.points} sizes); work grows as size^${order}.`
    : "Too few sizes for an exponent.";
  const met = points.find(({ limit }) => limit);
  const ended = met?.limit ? ` At ${formatCount(met.size)} ${size} the limit ${met.limit.name} is met.` : "";
  return growth + ended;
}
