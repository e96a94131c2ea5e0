import { digits, shortTime } from "../../src/benchmarks/charts/svg.ts";
import type { StoredRow, StoredRun } from "../../src/benchmarks/stored_run.ts";
import { formatBytes } from "../../src/cli/format.ts";
import type { Column } from "./markdown.ts";
import { figure, paragraphs, rangeOf, section, share, table, timeOf, times } from "./markdown.ts";
import type { Results, Stored } from "./results.ts";
import { headingOf } from "./results.ts";
import { kernelVerdict } from "./targets.ts";

const unchecked: readonly Column<StoredRow>[] = [
  [">unchecked", (row) => timeOf(row.unchecked)],
  [
    ">checked by unchecked",
    ({ milliseconds, unchecked: without }) =>
      milliseconds && without ? times(milliseconds.median / without.median) : "",
  ],
];

const isStep = ({ name }: StoredRow): boolean => name.startsWith("step/");

/** Every kernel row and every step, per adapter, with its share of the roofline and without bounds checks. */
export function kernelsPart({ runs }: Results): string {
  return section(
    "## Kernels and training steps",
    runs.length === 0
      ? ""
      : "Each row as a compiled program runs it. The share of the roofline is the time that the adapter's measured " +
          "peaks allow, by the median; a small working set that stays in a cache can exceed it, since the peak of " +
          "copying is that of large buffers. Without bounds checks (`unchecked`) is a second device in the same process.",
    ...runs.map(adapterPart),
  );
}

function adapterPart({ slug, content }: Stored<StoredRun>): string {
  const timed = content.rows.filter(({ milliseconds }) => milliseconds);
  const wrong = content.rows.filter(({ error }) => error !== null);
  const kernels: Column<StoredRow>[] = [
    ["kernel", ({ name }) => name],
    ["case", ({ case: sizes }) => sizes],
    ["by", ({ variant }) => variant],
    [">median", (row) => timeOf(row.milliseconds)],
    [">min – max", (row) => rangeOf(row.milliseconds)],
    [">GFLOP/s", (row) => figure(row.gflops, digits)],
    [">GB/s", (row) => figure(row.gigabytesPerSecond, digits)],
    [">roofline", (row) => figure(row.shareOfRoofline, share)],
    ...unchecked,
    ["wanted", (row) => kernelVerdict(slug, content, row)],
  ];
  const steps: Column<StoredRow>[] = [
    ["step", ({ name }) => name],
    ["case", ({ case: sizes }) => sizes],
    [">median", (row) => timeOf(row.milliseconds)],
    [">min – max", (row) => rangeOf(row.milliseconds)],
    [">with the loss read", (row) => timeOf(row.withRead)],
    [">roofline", (row) => figure(row.shareOfRoofline, share)],
    [">dispatches", (row) => figure(row.dispatches, String)],
    [">peak memory", (row) => figure(row.peakBytes, formatBytes)],
    ...unchecked,
  ];
  return section(
    headingOf(content),
    table(
      kernels,
      timed.filter((row) => !isStep(row)),
    ),
    table(steps, timed.filter(isStep)),
    wrong.map((row) => `- ${row.name} ${row.case} ${row.variant} has no time: ${row.error}`).join("\n"),
  );
}

/** What tuning changed, per adapter. */
export function tunedPart({ tuned }: Results): string {
  return section(
    "## Tuned against untuned",
    tuned.length === 0
      ? ""
      : "`wgrad bench --tune`: the untuned time by the tuned one, measured in turns; above 1 tuning helped. `same` means " +
          "that the rule's choice was left as it was.",
    ...tuned.map(tunedAdapter),
  );
}

function tunedAdapter({ content }: Stored<StoredRun>): string {
  const rows = content.rows.flatMap((row) =>
    row.tuned && row.milliseconds ? [{ row, tuned: row.tuned }] : [],
  );
  if (rows.length === 0) return "";
  const changed = rows.filter(({ tuned }) => !tuned.same);
  const same = rows.length - changed.length;
  const columns: Column<(typeof rows)[number]>[] = [
    ["row", ({ row }) => row.name],
    ["case", ({ row }) => row.case],
    ["untuned by", ({ row, tuned }) => (isStep(row) ? "" : tuned.untunedVariant)],
    ["tuned by", ({ row }) => (isStep(row) ? "" : row.variant)],
    [">untuned", ({ tuned }) => timeOf(tuned.untuned)],
    [">tuned", ({ row }) => timeOf(row.milliseconds)],
    [">ratio", ({ tuned }) => times(tuned.ratio)],
    [">noise", ({ tuned }) => figure(tuned.noise, share)],
  ];
  return section(
    headingOf(content),
    table(columns, changed),
    `The same as untuned: ${same} of ${rows.length} rows.`,
  );
}

/** Where a recipe's or a step's time goes. */
export function profilesPart({ profiles }: Results): string {
  return section("## Where a step's time goes", ...profiles.map(profilePart));
}

const mostDispatches = 12;

function profilePart({ content }: Results["profiles"][number]): string {
  const { name, case: sizes, variant, dispatches, stepMilliseconds, sumMilliseconds, clockProblem } = content;
  const shown = dispatches.slice(0, mostDispatches);
  const rest = dispatches.slice(mostDispatches).reduce((sum, dispatch) => sum + dispatch.share, 0);
  const whole = stepMilliseconds ? `${timeOf(stepMilliseconds)} (${rangeOf(stepMilliseconds)})` : "not timed";
  const together = figure(sumMilliseconds, shortTime);
  const clock = clockProblem === null ? "by timestamps" : `by the wall clock (${clockProblem})`;
  const columns: Column<(typeof dispatches)[number]>[] = [
    [">place", ({ index }) => `${index}`],
    ["dispatch", ({ label, kernel }) => (kernel.startsWith(`${label.split(" ")[0]}/`) ? kernel : label)],
    ["result", ({ outputs }) => outputs.map((shape) => shape.join("×") || "1").join(", ")],
    [">median", ({ milliseconds }) => timeOf(milliseconds)],
    [">of the sum", (dispatch) => share(dispatch.share)],
    ["bound by", ({ bound }) => bound],
    [">roofline", ({ shareOfRoofline }) => figure(shareOfRoofline, share)],
  ];
  return section(
    `${headingOf(content)}: ${name}`,
    paragraphs(
      `${name}, ${sizes}, ${variant}: the whole step takes ${whole}; its ${dispatches.length} dispatches, ${clock}, ` +
        `${together} together.`,
      table(columns, shown),
      rest > 0 ? `The other ${dispatches.length - shown.length} take ${share(rest)} of the sum.` : "",
    ),
  );
}
