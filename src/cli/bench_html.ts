import { axisLabels, bar, plainBar, shareAxis, timeAxis } from "../benchmarks/charts/bars.ts";
import { peerBars, peerNames } from "../benchmarks/charts/peers.ts";
import { scalingChart, sizeText } from "../benchmarks/charts/scaling.ts";
import { digits, element, escapeText, percent, shortTime } from "../benchmarks/charts/svg.ts";
import type { StoredOrigin, StoredRow, StoredSeries } from "../benchmarks/stored_run.ts";
import { storedRun, storedScaling } from "../benchmarks/stored_run.ts";
import { fitSentence, noteOf } from "./bench_scaling_report.ts";
import { formatBytes, formatCount } from "./format.ts";
import type { Head } from "./html_page.ts";
import { division, heading, htmlPage, tableOf } from "./html_page.ts";

/** Beside the page's own: rows of bars, groups of peers, cards of series. */
const style = `
svg.scaling{width:100%;max-width:29rem;height:auto}svg.scaling text{font-size:11.5px}
.rows{display:grid;gap:.6rem 1.25rem}
.row{display:grid;grid-template-columns:minmax(0,5fr) minmax(0,6fr) minmax(0,4fr);gap:.15rem 1.25rem;align-items:start}
.row>div{min-width:0;overflow-wrap:anywhere}.name{font-weight:600}
.peer{display:grid;grid-template-columns:4em minmax(0,1fr) 9em;gap:.6em;align-items:center;margin:.15rem 0}
.cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,26rem),1fr));gap:0 2rem}
h3 .small{font-weight:400}
@media (max-width:44rem){.row{grid-template-columns:minmax(0,1fr)}.head.row>:first-child{display:none}}`;

/**
 * A run of benchmarks as a page of its own: no network, light and dark, readable on a phone.
 * @param document what `--json` gives
 * @throws DataError where it has no rows
 */
export function benchPage(document: unknown): string {
  const run = storedRun(document);
  const timed = run.rows.filter(({ milliseconds }) => milliseconds !== null);
  const wrong = run.rows.filter(({ error }) => error !== null);
  return page("wgrad bench", run, [
    ...(timed.length > 0 ? [heading("Time and share of the roofline"), bars(timed)] : []),
    ...peers(run.rows),
    ...(wrong.length > 0 ? [heading("Wrong, so not timed"), ...wrong.map(wrongLine)] : []),
    heading("Figures"),
    table(run.rows),
  ]);
}

/**
 * A run of `--scaling` as such a page.
 * @throws DataError where it has no series
 */
export function scalingPage(document: unknown): string {
  const scaling = storedScaling(document);
  return page("wgrad bench --scaling", scaling, [
    element(
      "p",
      { class: "muted" },
      "Both axes are logarithmic. Dashed: the fit. Hollow: foreseen, and not run.",
    ),
    element("div", { class: "cards" }, ...scaling.series.map(card)),
  ]);
}

function page(title: string, origin: StoredOrigin, content: readonly string[]): string {
  return htmlPage({ title, about: origin.adapter, style, content: [...originLines(origin), ...content] });
}

function originLines(origin: StoredOrigin): string[] {
  const { adapter, software, roofline, date, versions, cpus, flags } = origin;
  const { gflops, gigabytesPerSecond } = roofline;
  const facts = [
    ...(date === null ? [] : [date.slice(0, 16).replace("T", " ").concat(" UTC")]),
    ...versions.map(([name, version]) => `${name} ${version}`),
    ...(cpus === null ? [] : [`${cpus} processors`]),
    ...flags,
  ];
  const peaks = [
    ...(gflops === null ? [] : [`${digits(gflops)} GFLOP/s`]),
    ...(gigabytesPerSecond === null ? [] : [`${digits(gigabytesPerSecond)} GB/s`]),
  ];
  return [
    element("p", {}, escapeText(`${adapter}${software ? " (software adapter, on the processor)" : ""}`)),
    element("p", { class: "muted" }, escapeText(facts.join(" · "))),
    element("p", { class: "muted" }, escapeText(`Measured roofline: ${peaks.join(", ")}`)),
  ];
}

function title({ name, case: sizes, variant }: StoredRow): string {
  const rest = element("span", { class: "small muted" }, escapeText(`${sizes} · ${variant}`));
  return `${element("span", { class: "name" }, escapeText(name))} ${rest}`;
}

function bars(rows: readonly StoredRow[]): string {
  const spreads = rows.flatMap(({ milliseconds }) => milliseconds ?? []);
  const axis = timeAxis([
    ...spreads.flatMap(({ min, max }) => [min, max]),
    ...rows.flatMap(({ unchecked }) => unchecked?.median ?? []),
  ]);
  const time = ({ milliseconds, unchecked }: StoredRow): string => {
    if (!milliseconds) return "";
    const { min, median, max } = milliseconds;
    const mark = unchecked ? axis.place(unchecked.median) : undefined;
    return bar(axis, axis.place(median), { range: [axis.place(min), axis.place(max)], mark });
  };
  const share = ({ shareOfRoofline }: StoredRow): string =>
    shareOfRoofline === null ? "" : bar(shareAxis, shareAxis.place(shareOfRoofline));
  const cell = (drawn: string, value: string): string =>
    division("cell", element("div", {}, drawn), division("value", escapeText(value)));
  const marked = rows.some(({ unchecked }) => unchecked) ? "; orange: without bounds checks" : "";
  const head = division(
    "head row small",
    element("div", {}, ""),
    element("div", {}, `Time, logarithmic; line: min to max${marked}`, cell(axisLabels(axis), "")),
    element("div", {}, "Share of the roofline", cell(axisLabels(shareAxis), "")),
  );
  return division(
    "rows",
    head,
    ...rows.map((row) =>
      division(
        "row",
        element("div", {}, title(row)),
        cell(time(row), row.milliseconds ? shortTime(row.milliseconds.median) : ""),
        cell(share(row), row.shareOfRoofline === null ? "" : percent(row.shareOfRoofline)),
      ),
    ),
  );
}

function peers(rows: readonly StoredRow[]): string[] {
  const names = peerNames(rows);
  if (names.length === 0) return [];
  const groups = rows.flatMap((row) => {
    const own = peerBars(row, names);
    if (own.length === 0) return [];
    const longest = Math.max(...own.map(({ milliseconds }) => milliseconds));
    const lines = own.map(({ name, milliseconds, ratio, colour }) =>
      division(
        "peer",
        element("div", {}, escapeText(name)),
        element("div", {}, plainBar(milliseconds / longest, colour)),
        division("value", escapeText([shortTime(milliseconds), ratio].filter(Boolean).join(", "))),
      ),
    );
    return [element("h3", {}, title(row)), ...lines];
  });
  const note =
    "Each group to its own scale, times with the loss read at each step; behind a peer's time, its multiple of ours.";
  return [heading("Against peers"), element("p", { class: "muted" }, note), ...groups];
}

const wrongLine = ({ name, case: sizes, variant, error }: StoredRow): string =>
  element("p", { class: "wrong" }, escapeText(`${name} ${sizes} ${variant}: ${error ?? ""}`));

const shown = (value: number | null, format: (value: number) => string): string =>
  value === null ? "" : format(value);

type Column = readonly [head: string, kind: "text" | "number", cell: (row: StoredRow) => string];

function table(rows: readonly StoredRow[]): string {
  const range = ({ milliseconds }: StoredRow) =>
    milliseconds ? `${shortTime(milliseconds.min)}–${shortTime(milliseconds.max)}` : "";
  const unchecked: Column = [
    "Unchecked",
    "number",
    (row) => (row.unchecked ? shortTime(row.unchecked.median) : ""),
  ];
  const columns: Column[] = [
    ["Benchmark", "text", ({ name }) => name],
    ["Case", "text", (row) => row.case],
    ["Variant", "text", ({ variant }) => variant],
    ["Median", "number", ({ milliseconds }) => (milliseconds ? shortTime(milliseconds.median) : "wrong")],
    ["Min–max", "number", range],
    ...(rows.some((row) => row.unchecked) ? [unchecked] : []),
    ["GFLOP/s", "number", ({ gflops }) => shown(gflops, digits)],
    ["GB/s", "number", ({ gigabytesPerSecond }) => shown(gigabytesPerSecond, digits)],
    ["Roofline", "number", ({ shareOfRoofline }) => shown(shareOfRoofline, percent)],
    ["Dispatches", "number", ({ dispatches }) => shown(dispatches, formatCount)],
    ["Peak", "number", ({ peakBytes }) => shown(peakBytes, formatBytes)],
  ];
  return tableOf(
    columns.map(([head, kind]) => ({ head, kind })),
    rows.map((row) => columns.map(([, , cell]) => cell(row))),
  );
}

function card(series: StoredSeries): string {
  const heads = [series.size, "Median", "Min–max", "GFLOP/s", "GB/s", "Roofline"].map(
    (head): Head => ({ head, kind: "number" }),
  );
  const rows = series.points.map((point) => {
    const { size, milliseconds, gflops, gigabytesPerSecond, shareOfRoofline } = point;
    if (!milliseconds) return [sizeText(size), noteOf(point)];
    const { min, median, max } = milliseconds;
    return [
      sizeText(size),
      shortTime(median),
      `${shortTime(min)}–${shortTime(max)}`,
      shown(gflops, digits),
      shown(gigabytesPerSecond, digits),
      shown(shareOfRoofline, percent),
    ];
  });
  return element(
    "section",
    {},
    element("h2", {}, escapeText(`${series.name}: ${series.title}`)),
    scalingChart(series),
    element("p", {}, escapeText(fitSentence(series))),
    tableOf(heads, rows),
  );
}
