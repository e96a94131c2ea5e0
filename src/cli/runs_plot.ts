import type { StoredRun } from "../training/node/run_queries.ts";
import { type ExitCode, exitCodes } from "./options.ts";
import { Output } from "./output.ts";
import { type CurvePoint, curvePlot } from "./plots/curve_plot.ts";
import { normPlot } from "./plots/norm_plot.ts";
import { ratioPlot } from "./plots/ratio_plot.ts";
import { writeFiles } from "./runs_export.ts";
import { optimizerOf } from "./runs_format.ts";
import { stepNorms } from "./runs_layers.ts";
import type { RunsOptions } from "./runs_options.ts";
import { type RunContent, readContent } from "./runs_show.ts";

export interface PlotOptions extends RunsOptions {
  readonly run: string;
  readonly out: string;
}

/** Draws a run as SVG files; those that it has no numbers for are left out with a notice. */
export async function runPlot(options: PlotOptions): Promise<ExitCode> {
  const output = new Output(options);
  const content = await readContent(options.runs, options.run);
  const drawn = plotsOf(content);
  const files = await writeFiles(
    options.out,
    "plot",
    drawn.flatMap(({ name, svg }) => (svg === null ? [] : [[name, svg] as const])),
  );
  for (const { name, svg, missing } of drawn)
    if (svg === null) output.notice(`No ${name}: the run has no ${missing}.`);
  output.result({ run: content.run.id, files }, () =>
    files.length > 0 ? files.map((file) => `Saved: ${file}`).join("\n") : "There is nothing to draw.",
  );
  return exitCodes.done;
}

interface Drawn {
  readonly name: string;
  /** Null where there is nothing to draw. */
  readonly svg: string | null;
  readonly missing: string;
}

/** All plots of a run. */
export function plotsOf({ run, steps, epochs, layers, ratios }: RunContent): Drawn[] {
  const explanation = descriptionOf(run);
  const curve = (values: readonly (number | null)[]): CurvePoint[] => points(steps.step, values);
  const ends = epochs.map(({ step }) => step);
  const loss = curve(steps.loss);
  const accuracy = curve(steps.accuracy);
  return [
    {
      name: "loss.svg",
      missing: "loss",
      svg:
        loss.length === 0
          ? null
          : curvePlot({
              title: `Loss: ${run.name}`,
              explanation,
              label: "loss, mean of a batch",
              training: loss,
              validation: points(
                ends,
                epochs.map(({ validationLoss }) => validationLoss),
              ),
            }),
    },
    {
      name: "accuracy.svg",
      missing: "accuracy",
      svg:
        accuracy.length === 0
          ? null
          : curvePlot({
              title: `Accuracy: ${run.name}`,
              explanation,
              label: "accuracy in %",
              training: accuracy,
              validation: points(
                ends,
                epochs.map(({ validationAccuracy }) => validationAccuracy),
              ),
              share: true,
            }),
    },
    {
      name: "gradient_norms.svg",
      missing: "layer statistics",
      svg: layers.length === 0 ? null : normPlot(`Gradient norms: ${run.name}`, stepNorms(layers)),
    },
    {
      name: "norm_ratios.svg",
      missing: "statistics of adjacent layers",
      svg: ratios.length === 0 ? null : ratioPlot(`Gradient norm ratios: ${run.name}`, ratios),
    },
  ];
}

function points(steps: readonly number[], values: readonly (number | null)[]): CurvePoint[] {
  return steps.flatMap((step, index) => {
    const value = values[index];
    return typeof value === "number" && Number.isFinite(value) ? [{ step, value }] : [];
  });
}

/** What tells this run from others, in a line. */
function descriptionOf(run: StoredRun): string {
  const { activation, batchSize, learningRate } = run.config;
  const parts = [
    run.recipe,
    typeof activation === "string" ? activation : null,
    optimizerOf(run) || null,
    typeof learningRate === "number" ? `learning rate ${learningRate}` : null,
    typeof batchSize === "number" ? `batches of ${batchSize}` : null,
    run.seed === null ? null : `seed ${run.seed}`,
  ];
  return [...parts.filter((part) => part !== null), `run ${run.id}`].join(", ");
}
