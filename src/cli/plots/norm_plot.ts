import * as Plot from "@observablehq/plot";
import { namesInOrder, type StepNorm } from "../runs_layers.ts";
import { plainNumber } from "./curve_plot.ts";
import { colours, plotStyle, Sheet } from "./sheet.ts";

interface Cell {
  readonly layer: string;
  /** Steps that it stands for. */
  readonly from: number;
  readonly to: number;
  readonly norm: number;
}

/** More columns than this are drawn as the last of each group. */
const mostColumns = 120;

const rowHeight = 28;

/** Gradient norms as a heat map, layers in the network's order from the top, as an SVG file. */
export function normPlot(title: string, layers: readonly StepNorm[]): string {
  const sheet = new Sheet(880, title, "L2 norm of each layer's gradient; the network's input is at the top.");
  const cells = cellsOf(layers);
  const names = namesInOrder(layers);
  const scheme = colourScale(cells);
  const marginLeft = 20 + 7.4 * Math.max(...names.map((name) => name.length));
  const drawing = Plot.plot({
    document: sheet.document,
    style: plotStyle,
    width: sheet.inner,
    height: names.length * rowHeight + 62,
    marginLeft,
    marginRight: 20,
    marginTop: 8,
    marginBottom: 48,
    x: { label: "training step", labelAnchor: "center", labelArrow: "none", tickFormat: ",d" },
    y: { label: null, domain: names, padding: 0.06 },
    color: scheme,
    marks: [
      rects(
        cells.filter(({ norm }) => norm > 0 && Number.isFinite(norm)),
        "norm",
      ),
      rects(
        cells.filter(({ norm }) => norm === 0),
        colours.none,
      ),
      rects(
        cells.filter(({ norm }) => !Number.isFinite(norm)),
        colours.infinite,
      ),
    ],
  });
  const ramp = rampOf(sheet, scheme);
  const legend = [
    ...(cells.some(({ norm }) => norm === 0)
      ? [{ text: "0: no gradient arrives", colour: colours.none, mark: "square" } as const]
      : []),
    ...(cells.some(({ norm }) => !Number.isFinite(norm))
      ? [{ text: "not finite", colour: colours.infinite, mark: "square" } as const]
      : []),
  ];
  if (legend.length > 0) sheet.legend(legend);
  return sheet.add(ramp).add(drawing, 8).toString();
}

/** The legend of colours, of rectangles: Plot's own wants a canvas. */
function rampOf(sheet: Sheet, scheme: ReturnType<typeof colourScale>): Element {
  const [low, high] = scheme.domain;
  const count = 96;
  const at = (place: number): number => low * (high / low) ** (place / count);
  const parts = Array.from({ length: count }, (_, place) => ({ from: at(place), to: at(place + 1) }));
  return Plot.plot({
    document: sheet.document,
    style: plotStyle,
    width: 480,
    height: 64,
    marginTop: 24,
    marginBottom: 22,
    marginLeft: 26,
    marginRight: 26,
    x: { type: "log", domain: [low, high], label: null, ticks: 5, tickFormat: plainNumber, tickSize: 3 },
    color: scheme,
    marks: [
      Plot.rect(parts, { x1: "from", x2: "to", fill: "from", shapeRendering: "crispEdges" }),
      Plot.text(["L2 norm of the gradient, logarithmic"], {
        frameAnchor: "top-left",
        dy: -17,
        text: (text: string) => text,
        fill: colours.ink,
      }),
    ],
  });
}

const rects = (cells: readonly Cell[], fill: string) =>
  Plot.rect(cells, { x1: "from", x2: "to", y: "layer", fill, insetRight: 0.5 });

function cellsOf(layers: readonly StepNorm[]): Cell[] {
  const ends = [...new Set(layers.map(({ step }) => step))].sort((one, other) => one - other);
  const group = Math.ceil(ends.length / mostColumns);
  const kept = ends.filter((_, index) => index % group === group - 1 || index === ends.length - 1);
  const begins = new Map(kept.map((end, index) => [end, kept[index - 1]]));
  return layers.flatMap(({ layer, step, steps, norm }) => {
    if (!begins.has(step)) return [];
    const from = begins.get(step) ?? Math.max(0, step - Math.max(steps, 1));
    return [{ layer, from, to: step, norm }];
  });
}

/** Whole decades; viridis rises in lightness, so that it reads in grey too. */
function colourScale(cells: readonly Cell[]) {
  const norms = cells.map(({ norm }) => norm).filter((norm) => norm > 0 && Number.isFinite(norm));
  const least = norms.length > 0 ? Math.min(...norms) : 0.1;
  const most = norms.length > 0 ? Math.max(...norms) : 1;
  const low = 10 ** Math.floor(Math.log10(least));
  const high = Math.max(10 * low, 10 ** Math.ceil(Math.log10(most)));
  return { type: "log", scheme: "viridis", domain: [low, high] } as const;
}
