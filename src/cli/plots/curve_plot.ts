import * as Plot from "@observablehq/plot";
import { colours, plotStyle, Sheet } from "./sheet.ts";

/** One quantity of a training over its steps. */
export interface CurvePlot {
  readonly title: string;
  readonly explanation: string;
  /** The vertical axis, with its unit. */
  readonly label: string;
  readonly training: readonly CurvePoint[];
  readonly validation: readonly CurvePoint[];
  /** Values are shares, shown in percent. */
  readonly share?: boolean;
}

export interface CurvePoint {
  readonly step: number;
  readonly value: number;
}

/** Above this range of smoothed values, the axis is logarithmic. */
const linearRange = 40;

/** Training step by step, faint as it was and smoothed, and validation where it was measured, as an SVG file. */
export function curvePlot({ title, explanation, label, training, validation, share }: CurvePlot): string {
  const sheet = new Sheet(880, title, explanation);
  // Odd, since it reaches as far to both sides.
  const window = 2 * Math.floor(training.length / 80) + 1;
  const smoothed = movingMean(training, window);
  const values = [...smoothed, ...validation].map(({ value }) => value).filter(Number.isFinite);
  const logarithmic =
    !share && Math.min(...values) > 0 && Math.max(...values) > linearRange * Math.min(...values);
  const [low, high] = valueDomain(training, values, { share: share ?? false, logarithmic });
  const drawing = Plot.plot({
    document: sheet.document,
    style: plotStyle,
    width: sheet.inner,
    height: 420,
    marginLeft: 64,
    marginRight: 20,
    marginTop: 30,
    marginBottom: 48,
    x: { label: "training step", labelAnchor: "center", labelArrow: "none", nice: true, tickFormat: ",d" },
    y: {
      label: logarithmic ? `${label}, logarithmic` : label,
      labelArrow: "none",
      grid: true,
      domain: [low, high],
      type: logarithmic ? "log" : "linear",
      clamp: true,
      ...(share && { percent: true, domain: [100 * low, 100 * high] }),
      ...(logarithmic && { tickFormat: plainNumber, ticks: roundNumbers(low, high) }),
    },
    marks: [
      Plot.line(training, {
        x: "step",
        y: "value",
        stroke: colours.training,
        strokeOpacity: 0.28,
        strokeWidth: 1,
      }),
      Plot.line(smoothed, { x: "step", y: "value", stroke: colours.training, strokeWidth: 2.5 }),
      Plot.line(validation, { x: "step", y: "value", stroke: colours.validation, strokeWidth: 2 }),
      Plot.dot(validation, { x: "step", y: "value", fill: colours.validation, r: 4, stroke: colours.paper }),
    ],
  });
  const means = window === 1 ? "training" : `training, mean of ${window} steps`;
  return sheet
    .legend([
      { text: means, colour: colours.training, mark: "line" },
      ...(window === 1
        ? []
        : [{ text: "training, each step", colour: colours.training, mark: "faint" } as const]),
      ...(validation.length === 0
        ? []
        : [{ text: "validation, at the end of an epoch", colour: colours.validation, mark: "dot" } as const]),
    ])
    .add(drawing, 8)
    .toString();
}

/** What the axis spans: smoothed values whole, single steps as far as they do not dwarf the rest. */
function valueDomain(
  training: readonly CurvePoint[],
  values: readonly number[],
  { share, logarithmic }: { readonly share: boolean; readonly logarithmic: boolean },
): [number, number] {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const steps = training.map(({ value }) => value).filter(Number.isFinite);
  if (share) return [Math.max(0, Math.floor(10 * Math.min(least, ...steps)) / 10), 1];
  const top = Math.min(Math.max(most, ...steps), most * 1.25);
  if (logarithmic) return [least / 1.3, top];
  return [Math.min(0, least), top === 0 ? 1 : top];
}

/** 1, 2 and 5 in each decade. */
function roundNumbers(low: number, high: number): number[] {
  const powers: number[] = [];
  for (let power = Math.floor(Math.log10(low)); 10 ** power <= high; power++) powers.push(power);
  return powers
    .flatMap((power) => [1, 2, 5].map((digit) => digit * 10 ** power))
    .filter((value) => value >= low && value <= high);
}

/** The mean of a window around each point, cut off at the ends. */
export function movingMean(points: readonly CurvePoint[], window: number): CurvePoint[] {
  const sums = [0];
  for (const { value } of points) sums.push((sums.at(-1) ?? 0) + value);
  const reach = Math.floor(window / 2);
  return points.map(({ step }, index) => {
    const from = Math.max(0, index - reach);
    const to = Math.min(points.length, index + reach + 1);
    return { step, value: ((sums[to] ?? 0) - (sums[from] ?? 0)) / (to - from) };
  });
}

/** Without powers of ten where they are near 1. */
export const plainNumber = (value: number): string =>
  value >= 1e-3 && value < 1e4
    ? `${Number(value.toPrecision(3))}`
    : value.toExponential(0).replace("e+", "e");
