import type { PowerFit } from "../fit.ts";
import type { StoredPoint, StoredSeries } from "../stored_run.ts";
import { decades, element, label, shortTime, standalone } from "./svg.ts";

const [width, height] = [360, 250];
const plot = { left: 58, right: width - 14, top: 14, bottom: height - 44 };

/** Time by size, both logarithmic: points, the fitted line, hollow points for what was only foreseen, limits. */
export function scalingChart(series: StoredSeries): string {
  const attributes = { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": about(series) };
  return element("svg", { ...attributes, class: "scaling" }, ...drawn(series));
}

/** The same as a whole SVG file for docs, under a title. */
export function scalingFile(series: StoredSeries, title: string): string {
  const head = 30;
  const chart = element("g", { transform: `translate(0 ${head})` }, ...drawn(series));
  return standalone(width, height + head, about(series), label(14, 24, title, { class: "head" }), chart);
}

const about = ({ name, size }: StoredSeries): string => `${name}: time by ${size}`;

function drawn({ points, fit, size }: StoredSeries): string[] {
  const times = points.flatMap(({ milliseconds, predictedMilliseconds }) =>
    [milliseconds?.median, predictedMilliseconds].flatMap((time) => (time ? [time] : [])),
  );
  if (times.length === 0) return [];
  const { from, to } = decades(times);
  const sizes = points.map((point) => point.size);
  const [least, most] = [Math.log(Math.min(...sizes)), Math.log(Math.max(...sizes))];
  const x = (value: number): number =>
    plot.left +
    8 +
    ((plot.right - plot.left - 16) * (Math.log(value) - least)) / Math.max(most - least, 1e-9);
  const y = (milliseconds: number): number =>
    plot.bottom - ((plot.bottom - plot.top) * (Math.log10(milliseconds) - from)) / (to - from);
  return [
    ...timeAxis(from, to, y),
    ...sizeAxis(sizes, x, size),
    ...(fit ? [fitLine(fit, x, y)] : []),
    ...points.flatMap((point) => mark(point, x, y)),
  ];
}

type Scale = (value: number) => number;

function timeAxis(from: number, to: number, y: Scale): string[] {
  // Above six decades, every other is labelled.
  const step = to - from > 6 ? 2 : 1;
  return Array.from({ length: to - from + 1 }, (_, index) => {
    const time = 10 ** (from + index);
    const line = { x1: plot.left, x2: plot.right, y1: y(time), y2: y(time), style: "stroke:var(--grid)" };
    const text = label(plot.left - 6, y(time) + 4, shortTime(time), { "text-anchor": "end", class: "muted" });
    return element("line", line) + (index % step === 0 ? text : "");
  });
}

function sizeAxis(sizes: readonly number[], x: Scale, size: string): string[] {
  const step = sizes.length > 8 ? 2 : 1;
  const last = sizes.length - 1;
  const ticks = sizes.map((value, index) =>
    // Counted from the largest, which is never left out.
    (last - index) % step === 0
      ? label(x(value), plot.bottom + 18, sizeText(value), { "text-anchor": "middle", class: "muted" })
      : "",
  );
  const middle = (plot.left + plot.right) / 2;
  return [...ticks, label(middle, height - 8, size, { "text-anchor": "middle" })];
}

function fitLine({ exponent, factor, from, to }: PowerFit, x: Scale, y: Scale): string {
  const at = (size: number) => y(factor * size ** exponent);
  const ends = { x1: x(from), y1: at(from), x2: x(to), y2: at(to) };
  return element("line", {
    ...ends,
    style: "stroke:var(--peer-0);stroke-width:2",
    "stroke-dasharray": "5 4",
  });
}

function mark(
  { size, milliseconds, predictedMilliseconds, limit }: StoredPoint,
  x: Scale,
  y: Scale,
): string[] {
  const dot = (time: number, style: string) =>
    element(
      "circle",
      { cx: x(size), cy: y(time), r: 4, style },
      `<title>${sizeText(size)}: ${shortTime(time)}</title>`,
    );
  if (milliseconds) return [dot(milliseconds.median, "fill:var(--ours)")];
  if (predictedMilliseconds !== null)
    return [dot(predictedMilliseconds, "fill:var(--surface);stroke:var(--ours);stroke-width:1.5")];
  if (!limit) return [];
  const line = { x1: x(size), x2: x(size), y1: plot.top, y2: plot.bottom };
  return [
    element("line", { ...line, style: "stroke:var(--wrong)", "stroke-dasharray": "2 3" }),
    // Times rise to the right, so that this corner is free.
    label(x(size) - 6, plot.bottom - 8, limit.name, { "text-anchor": "end", class: "muted" }),
  ];
}

const superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/** Powers of ten from a thousand up as such. */
export function sizeText(size: number): string {
  const power = Math.round(Math.log10(size));
  if (power < 3 || size !== 10 ** power) return `${size}`;
  return `10${[...`${power}`].map((digit) => superscripts[Number(digit)] ?? "").join("")}`;
}
