import { decades, element, label, shortTime } from "./svg.ts";

/** Where values lie between 0 and 1 along an axis. */
export interface Axis {
  readonly ticks: readonly { readonly at: number; readonly text: string }[];
  place(value: number): number;
}

/** Times in logarithms: rows of a benchmark differ by five powers of ten. */
export function timeAxis(milliseconds: readonly number[]): Axis {
  const { from, to } = decades(milliseconds.length > 0 ? milliseconds : [1]);
  const step = Math.ceil((to - from) / 4);
  const place = (value: number): number => clamp((Math.log10(value) - from) / (to - from));
  const powers = Array.from(
    { length: Math.floor((to - from) / step) + 1 },
    (_, index) => from + index * step,
  );
  return { place, ticks: powers.map((power) => ({ at: place(10 ** power), text: shortTime(10 ** power) })) };
}

/** Shares from nothing to all. */
export const shareAxis: Axis = {
  place: (share) => clamp(share),
  ticks: [0, 0.5, 1].map((at) => ({ at, text: `${100 * at} %` })),
};

const clamp = (value: number): number => Math.min(1, Math.max(0, value));

const percentage = (at: number): string => `${Math.round(at * 10_000) / 100}%`;

const barHeight = 14;

/** What else a bar shows, all on its axis. */
export interface BarMarks {
  /** A whisker from the least to the greatest. */
  readonly range?: readonly [from: number, to: number] | undefined;
  /** A mark across the bar. */
  readonly mark?: number | undefined;
}

/**
 * A bar as wide as its surroundings allow.
 * @param at its end on the axis
 */
export function bar(axis: Axis, at: number, { range, mark }: BarMarks = {}): string {
  const line = (from: number, to: number, [top, bottom]: readonly [number, number], style: string) =>
    element("line", { x1: percentage(from), x2: percentage(to), y1: top, y2: bottom, style });
  const [whole, middle] = [
    [0, barHeight],
    [barHeight / 2, barHeight / 2],
  ] as const;
  return element(
    "svg",
    { class: "bar", width: "100%", height: barHeight, "aria-hidden": "true" },
    element("rect", { width: "100%", height: barHeight, style: "fill:var(--track)" }),
    ...axis.ticks.map((tick) => line(tick.at, tick.at, whole, "stroke:var(--grid)")),
    element("rect", { width: percentage(at), height: barHeight, style: "fill:var(--ours)" }),
    ...(range ? [line(...range, middle, "stroke:var(--ink);stroke-width:1.5")] : []),
    ...(mark === undefined ? [] : [line(mark, mark, whole, "stroke:var(--peer-0);stroke-width:3")]),
  );
}

/** The axis above bars. */
export function axisLabels({ ticks }: Axis): string {
  const anchor = (at: number) => (at <= 0.02 ? "start" : at >= 0.98 ? "end" : "middle");
  const texts = ticks.map(({ at, text }) =>
    label(percentage(at), 14, text, { "text-anchor": anchor(at), class: "muted" }),
  );
  return element("svg", { class: "bar", width: "100%", height: 18, "aria-hidden": "true" }, ...texts);
}

/** A plain bar of a colour, as a share of the longest. */
export const plainBar = (share: number, colour: string): string =>
  element(
    "svg",
    { class: "bar", width: "100%", height: barHeight, "aria-hidden": "true" },
    element("rect", { width: percentage(clamp(share)), height: barHeight, rx: 2, style: `fill:${colour}` }),
  );
