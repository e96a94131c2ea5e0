import type { Compared } from "../benchmarks/baseline.ts";
import type { BenchRow, Measured } from "../benchmarks/result.ts";
import type { Peaks } from "../benchmarks/work.ts";
import type { AdapterSummary } from "../device/adapter.ts";
import type { Spread } from "../device/timing.ts";
import { adapterDocument } from "./adapter.ts";
import { peerNotes, peerRatio, peersIn } from "./bench_peer_report.ts";
import type { TunedRow } from "./bench_tune.ts";
import { formatBytes, formatCount, formatSignificant as significant } from "./format.ts";
import { formatTable } from "./table.ts";

/** A row, and how it stands to the baseline where there is one. */
export interface ComparedRow {
  readonly row: BenchRow;
  readonly compared: Compared | null;
  /** Beside the same row untuned, where that was timed. */
  readonly tuned?: TunedRow | null;
}

/** The JSON document of a run: its fields are part of the public interface, see docs/cli.md. */
export function benchDocument(adapter: AdapterSummary, roofline: Peaks, rows: readonly ComparedRow[]) {
  return { adapter: adapterDocument(adapter), roofline, rows: rows.map(rowDocument) };
}

function rowDocument({ row, compared, tuned }: ComparedRow) {
  const { name, case: sizes, variant, measured, compileMilliseconds, peakBytes, error, against } = row;
  return {
    name,
    case: sizes,
    variant,
    milliseconds: null,
    ...measured,
    compileMilliseconds,
    peakBytes,
    ...(compared && { baseline: compared }),
    ...(against && { against }),
    ...(tuned && { tuned }),
    ...(error !== null && { error }),
  };
}

/** The same for people: a table, what failed, what became slower. */
export function benchText({ gflops, gigabytesPerSecond }: Peaks, rows: readonly ComparedRow[]): string {
  const withGpu = rows.some(({ row }) => row.measured?.gpuMilliseconds);
  const withBaseline = rows.some(({ compared }) => compared);
  const failed = rows.flatMap(({ row }) =>
    row.error === null ? [] : [`${row.name} ${row.case} ${row.variant}: ${row.error}`],
  );
  const slower = rows.filter(({ compared }) => compared?.regression).length;
  const withUnchecked = rows.some(({ row }) => row.measured?.uncheckedMilliseconds);
  const benchRows = rows.map(({ row }) => row);
  const peers = peersIn(benchRows).map((peer): Column => [`${peer} ×`, ({ row }) => peerRatio(row, peer)]);
  const withTuned = rows.some(({ tuned }) => tuned);
  const columns = [...columnsOf({ withGpu, withBaseline, withUnchecked, withTuned }), ...peers];
  return [
    `Roofline: ${significant(gflops)} GFLOP/s, ${significant(gigabytesPerSecond)} GB/s`,
    formatTable(
      columns.map(([head]) => head),
      rows.map((row) => columns.map(([, cell]) => cell(row))),
    ),
    ...(failed.length > 0 ? ["", "Wrong, so not timed:", ...failed.map((line) => `  ${line}`)] : []),
    ...peerNotes(benchRows),
    ...(slower > 0 ? ["", `${slower} slower than the baseline by more than noise.`] : []),
  ].join("\n");
}

type Column = readonly [head: string, cell: (row: ComparedRow) => string];

interface Shown {
  readonly withGpu: boolean;
  readonly withBaseline: boolean;
  readonly withUnchecked: boolean;
  readonly withTuned: boolean;
}

function columnsOf({ withGpu, withBaseline, withUnchecked, withTuned }: Shown): Column[] {
  const time = (cell: (measured: Measured) => string) => {
    return ({ row }: ComparedRow) => (row.measured ? cell(row.measured) : "");
  };
  const shown = (value: number | null, format: (value: number) => string) =>
    value === null ? "" : format(value);
  const gpu: Column = ["GPU ms", time(({ gpuMilliseconds }) => median(gpuMilliseconds))];
  const unchecked: Column = [
    "Unchecked ms",
    time(({ uncheckedMilliseconds }) => median(uncheckedMilliseconds ?? null)),
  ];
  const ratio: Column = [
    "× baseline",
    ({ compared }) => (compared ? `${compared.ratio.toFixed(2)}${compared.regression ? " slower" : ""}` : ""),
  ];
  const tunedRatio: Column = [
    "tuned ×",
    ({ tuned }) => (tuned?.same ? "same" : (tuned?.ratio.toFixed(2) ?? "")),
  ];
  return [
    ["Benchmark", ({ row }) => row.name],
    ["Case", ({ row }) => row.case],
    ["Variant", ({ row }) => row.variant],
    ["ms", ({ row }) => (row.measured ? median(row.measured.milliseconds) : "wrong")],
    ["min–max", time(({ milliseconds: { min, max } }) => `${significant(min)}–${significant(max)}`)],
    ...(withGpu ? [gpu] : []),
    ...(withUnchecked ? [unchecked] : []),
    ["+ read", time(({ readMilliseconds }) => median(readMilliseconds))],
    ["GFLOP/s", time(({ gflops }) => significant(gflops))],
    ["GB/s", time(({ gigabytesPerSecond }) => significant(gigabytesPerSecond))],
    ["Roofline", time(({ shareOfRoofline }) => `${(100 * shareOfRoofline).toFixed(1)} %`)],
    ...(withBaseline ? [ratio] : []),
    ...(withTuned ? [tunedRatio] : []),
    ["Dispatches", time(({ dispatches }) => formatCount(dispatches))],
    ["Compile ms", ({ row }) => shown(row.compileMilliseconds, formatCount)],
    ["Peak", ({ row }) => shown(row.peakBytes, formatBytes)],
  ];
}

const median = (spread: Spread | null): string => (spread ? significant(spread.median) : "");
