import * as Plot from "@observablehq/plot";
import type { StoredRatio } from "../../training/node/run_queries.ts";
import { tableThresholds as thresholds } from "../../training/statistics/norm_ratios.ts";
import { namesInOrder } from "../runs_layers.ts";
import { plainNumber } from "./curve_plot.ts";
import { colours, plotStyle, Sheet } from "./sheet.ts";

interface Point {
  readonly layer: string;
  readonly epoch: number;
  /** Within the axis. */
  readonly ratio: number;
  /** Where the axis does not reach: infinite, or 0. */
  readonly beyond: "above" | "below" | null;
}

const plotHeight = 520;
const margins = { marginTop: 30, marginBottom: 48, marginLeft: 64 };

/** Ratios of gradient norms of adjacent layers over epochs, with the lines between the classes, as an SVG file. */
export function ratioPlot(title: string, ratios: readonly StoredRatio[]): string {
  const explanation = "L2 norm of a layer's gradient by that of the layer before it, mean of each epoch.";
  const sheet = new Sheet(960, title, explanation);
  const names = namesInOrder(ratios);
  const [low, high] = axisOf(ratios);
  const points = ratios.map((row) => pointOf(row, low, high));
  const ends = spreadLabels(lastOf(points, names), (value) => heightOf(value, low, high));
  const marginRight = 34 + 7.2 * Math.max(...names.map((name) => name.length));
  const epochs = [...new Set(ratios.map(({ epoch }) => epoch))].sort((one, other) => one - other);
  const [first = 1, last = 1] = [epochs[0], epochs.at(-1)];
  const colour = { domain: names, range: names.map((_, index) => depthColour(index, names.length)) };
  const drawing = Plot.plot({
    document: sheet.document,
    style: plotStyle,
    width: sheet.inner,
    height: plotHeight,
    ...margins,
    marginRight,
    x: {
      label: "epoch",
      labelAnchor: "center",
      labelArrow: "none",
      domain: first === last ? [first - 0.5, last + 0.5] : [first, last],
      ticks: epochs.length <= 20 ? epochs : 10,
      tickFormat: "d",
    },
    y: {
      type: "log",
      label: "ratio of gradient norms, logarithmic",
      labelArrow: "none",
      domain: [low, high],
      grid: true,
      ticks: decades(low, high),
      tickFormat: plainNumber,
    },
    color: colour,
    marks: [
      ...band(thresholds.exploding, high, colours.exploding),
      ...band(low, thresholds.vanishing, colours.vanishing),
      Plot.line(points, { x: "epoch", y: "ratio", z: "layer", stroke: "layer", strokeWidth: 2 }),
      Plot.dot(
        points.filter(({ beyond }) => beyond === null),
        { x: "epoch", y: "ratio", fill: "layer", r: 3 },
      ),
      Plot.dot(
        points.filter(({ beyond }) => beyond !== null),
        {
          x: "epoch",
          y: "ratio",
          fill: "layer",
          r: 5,
          symbol: "triangle",
          rotate: ({ beyond }: Point) => (beyond === "above" ? 0 : 180),
        },
      ),
      ...threshold(
        thresholds.exploding,
        `possibly exploding: above ${thresholds.exploding}`,
        colours.exploding,
        "top",
      ),
      ...threshold(
        thresholds.vanishing,
        `possibly vanishing: ${thresholds.vanishing} and below`,
        colours.vanishing,
        "bottom",
      ),
      ...ends.map(({ layer, ratio, shift }) =>
        Plot.text([{ layer }], {
          x: last,
          y: ratio,
          frameAnchor: "left",
          text: [layer],
          textAnchor: "start",
          dx: 12,
          dy: shift,
          fill: "layer",
          stroke: colours.paper,
          strokeWidth: 3,
          fontWeight: 600,
          fontSize: 12,
        }),
      ),
    ],
  });
  const beyond = points.some((point) => point.beyond !== null);
  if (beyond) {
    sheet.legend([
      {
        text: "at the edge: infinite (the layer before it has no gradient), or 0",
        colour: colours.muted,
        mark: "triangles",
      },
    ]);
  }
  return sheet.add(drawing, 8).toString();
}

const band = (y1: number, y2: number, fill: string) =>
  y2 > y1 ? [Plot.rect([0], { y1, y2, fill, fillOpacity: 0.07 })] : [];

/** A line between classes, and in the band beyond it, where curves are fewest, what that means. */
const threshold = (ratio: number, text: string, colour: string, edge: "top" | "bottom") => [
  Plot.ruleY([ratio], { stroke: colour, strokeWidth: 1.5, strokeDasharray: "6 4" }),
  Plot.text([text], {
    frameAnchor: `${edge}-left`,
    dx: 10,
    dy: edge === "top" ? 14 : -14,
    text: [text],
    fill: colour,
    fontWeight: 600,
    stroke: colours.paper,
    strokeWidth: 4,
  }),
];

/** Both thresholds and all finite ratios, with room beyond for lettering and for those that are 0 or infinite. */
function axisOf(ratios: readonly StoredRatio[]): [number, number] {
  const finite = ratios.flatMap(({ ratio }) => (ratio > 0 && Number.isFinite(ratio) ? [ratio] : []));
  const least = Math.min(thresholds.vanishing, ...finite) / 3;
  const most = 3 * Math.max(thresholds.exploding, ...finite);
  return [10 ** Math.floor(Math.log10(least)), 10 ** Math.ceil(Math.log10(most))];
}

/** Powers of ten, every other where there are many. */
function decades(low: number, high: number): number[] {
  const [from, to] = [Math.round(Math.log10(low)), Math.round(Math.log10(high))];
  const step = Math.ceil((to - from) / 10);
  return Array.from(
    { length: Math.floor((to - from) / step) + 1 },
    (_, index) => 10 ** (from + index * step),
  );
}

function pointOf({ layer, epoch, ratio, class: kind }: StoredRatio, low: number, high: number): Point {
  if (kind === "infinite") return { layer, epoch, ratio: high, beyond: "above" };
  return ratio > 0 ? { layer, epoch, ratio, beyond: null } : { layer, epoch, ratio: low, beyond: "below" };
}

const lastOf = (points: readonly Point[], names: readonly string[]): Point[] =>
  names.flatMap((name) => points.filter(({ layer }) => layer === name).slice(-1));

/** Where the axis puts a value, in pixels from the top. */
function heightOf(value: number, low: number, high: number): number {
  const inner = plotHeight - margins.marginTop - margins.marginBottom;
  return margins.marginTop + inner * (1 - Math.log(value / low) / Math.log(high / low));
}

const lineHeight = 15;

/** Moves labels apart that would lie on each other: how far each, downwards. */
function spreadLabels(points: readonly Point[], place: (value: number) => number) {
  const labels = points.map((point) => ({ ...point, at: place(point.ratio) })).sort((a, b) => a.at - b.at);
  const bottom = plotHeight - margins.marginBottom;
  let free = Number.NEGATIVE_INFINITY;
  const placed = labels.map((label) => {
    const at = Math.max(label.at, free + lineHeight);
    free = at;
    return { ...label, to: at };
  });
  // What was pushed below the axis goes up again.
  let limit = bottom;
  for (const label of placed.toReversed()) {
    label.to = Math.min(label.to, limit);
    limit = label.to - lineHeight;
  }
  return placed.map(({ layer, ratio, at, to }) => ({ layer, ratio, shift: to - at }));
}

/** From dark blue at the input to orange at the output: order shows, and lightness differs. */
function depthColour(index: number, count: number): string {
  const stops = [
    [0x08, 0x30, 0x6b],
    [0x1f, 0x78, 0xb4],
    [0x2a, 0x9d, 0x8f],
    [0xb8, 0x8a, 0x00],
    [0xd5, 0x5e, 0x00],
  ] as const;
  const at = count > 1 ? (index / (count - 1)) * (stops.length - 1) : 0;
  const [from, to] = [
    stops[Math.floor(at)] ?? stops[0],
    stops[Math.min(stops.length - 1, Math.ceil(at))] ?? stops[0],
  ];
  const share = at - Math.floor(at);
  const mixed = from.map((value, channel) => Math.round(value + share * ((to[channel] ?? value) - value)));
  return `#${mixed.map((value) => value.toString(16).padStart(2, "0")).join("")}`;
}
