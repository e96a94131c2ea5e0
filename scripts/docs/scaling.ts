import { scalingFile, sizeText } from "../../src/benchmarks/charts/scaling.ts";
import { shortTime } from "../../src/benchmarks/charts/svg.ts";
import type { StoredScaling, StoredSeries } from "../../src/benchmarks/stored_run.ts";
import { formatBytes } from "../../src/cli/format.ts";
import type { Column, Page } from "./markdown.ts";
import { section, table } from "./markdown.ts";
import type { Results, Stored } from "./results.ts";
import { adapterName, headingOf } from "./results.ts";

const chartOf = ({ slug }: Stored<StoredScaling>, { name }: StoredSeries): string =>
  `docs/images/scaling-${name}-${slug}.svg`;

const isTimed = ({ points }: StoredSeries): boolean => points.some(({ milliseconds }) => milliseconds);

/** A chart a series and adapter. */
export const scalingCharts = ({ scaling }: Results): Page[] =>
  scaling.flatMap((stored) =>
    stored.content.series.filter(isTimed).map((series) => ({
      path: chartOf(stored, series),
      text: scalingFile(series, series.title),
    })),
  );

/** How time grows, per adapter, and where a limit is met. */
export function scalingPart({ scaling }: Results): string {
  return section(
    "## Scaling",
    scaling.length === 0
      ? ""
      : "`wgrad bench --scaling`: the exponent is fitted to the median times over the upper half of the sizes. Hollow points " +
          "were left out because one run would take more than 5 s.",
    ...scaling.map(adapterPart),
  );
}

function adapterPart(stored: Stored<StoredScaling>): string {
  const { content } = stored;
  const columns: Column<StoredSeries>[] = [
    ["series", ({ name }) => name],
    ["what", ({ title }) => title],
    [">work grows as", ({ order }) => `size^${order}`],
    [">time grows as", ({ fit }) => (fit ? `size^${fit.exponent.toFixed(2)}` : "")],
    [
      "fitted over",
      ({ fit }) => (fit ? `${sizeText(fit.from)} – ${sizeText(fit.to)} (${fit.points} sizes)` : ""),
    ],
    ["largest size timed", largest],
    ["first size without a time", ending],
  ];
  const charts = content.series
    .filter(isTimed)
    .map(
      (series) =>
        `![${series.title}: time by ${series.size}, ${adapterName(content)}](${chartOf(stored, series).replace("docs/", "")})`,
    );
  return section(headingOf(content), table(columns, content.series), charts.join(" "));
}

function largest({ points }: StoredSeries): string {
  const last = points.findLast(({ milliseconds }) => milliseconds);
  return last?.milliseconds ? `${sizeText(last.size)}: ${shortTime(last.milliseconds.median)}` : "";
}

/** The first size that has no time, and why. */
function ending({ points }: StoredSeries): string {
  const first = points.find(({ milliseconds }) => !milliseconds);
  if (!first) return "none";
  const { size, limit, predictedMilliseconds, error } = first;
  const at = `at ${sizeText(size)}: `;
  if (error !== null) return `${at}wrong: ${error}`;
  if (predictedMilliseconds !== null) return `${at}would take ${shortTime(predictedMilliseconds)}`;
  if (!limit) return `${at}not timed`;
  const { name, needed, allowed } = limit;
  const bytes =
    needed === null || allowed === null ? "" : `, ${formatBytes(needed)} of ${formatBytes(allowed)}`;
  return `${at}the limit \`${name}\`${bytes}`;
}
