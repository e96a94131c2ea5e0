import type { ScalingPoint, ScalingResult } from "../benchmarks/scaling.ts";
import type { StoredSeries } from "../benchmarks/stored_run.ts";
import type { Peaks } from "../benchmarks/work.ts";
import type { AdapterSummary } from "../device/adapter.ts";
import { adapterDocument } from "./adapter.ts";
import { formatBytes, formatCount, formatSignificant } from "./format.ts";
import { formatTable } from "./table.ts";

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
export function noteOf({
  limit,
  predictedMilliseconds,
  error,
}: Pick<ScalingPoint, "limit" | "predictedMilliseconds" | "error">): string {
  if (error !== null) return `wrong: ${error}`;
  if (predictedMilliseconds !== null)
    return `not run: would take about ${formatSignificant(predictedMilliseconds / 1000)} s`;
  if (!limit) return "";
  const { name, needed, allowed } = limit;
  if (needed === null || allowed === null) return `limit: ${name}`;
  return `limit: ${name}, needs ${formatBytes(needed)} of ${formatBytes(allowed)}`;
}

/** How the time grows, and where a limit ends the series. */
export function fitSentence({
  fit,
  order,
  size,
  points,
}: Pick<StoredSeries, "fit" | "order" | "size"> & {
  readonly points: readonly Pick<ScalingPoint, "size" | "limit">[];
}): string {
  const growth = fit
    ? `Time grows as size^${fit.exponent.toFixed(2)} from ${formatCount(fit.from)} to ${formatCount(fit.to)} ` +
      `(${fit.points} sizes); work grows as size^${order}.`
    : "Too few sizes for an exponent.";
  const met = points.find(({ limit }) => limit);
  const ended = met?.limit ? ` At ${formatCount(met.size)} ${size} the limit ${met.limit.name} is met.` : "";
  return growth + ended;
}
