import {
  readEpochs,
  readLayers,
  readRatios,
  readSteps,
  type StepColumns,
  type StoredEpoch,
  type StoredLayer,
  type StoredRatio,
  type StoredRun,
} from "../training/node/run_queries.ts";
import { formatDuration } from "./format.ts";
import { type ExitCode, exitCodes } from "./options.ts";
import { Output } from "./output.ts";
import type { RunsOptions } from "./runs_command.ts";
import {
  formatMaybe,
  formatMaybeShare,
  formatNumber,
  formatValue,
  localTime,
  secondsOf,
} from "./runs_format.ts";
import { runDocument } from "./runs_list.ts";
import { selectRun, withRuns } from "./runs_select.ts";
import { sparkline } from "./sparkline.ts";
import { formatTable } from "./table.ts";

export interface ShowOptions extends RunsOptions {
  readonly run: string;
}

/** Epochs that are shown; --json has all. */
const epochsShown = 8;

/** All that is known of a run. */
export interface RunContent {
  readonly run: StoredRun;
  readonly steps: StepColumns;
  readonly epochs: readonly StoredEpoch[];
  readonly layers: readonly StoredLayer[];
  readonly ratios: readonly StoredRatio[];
}

/** Reads the run that a selector means. */
export function readContent(folder: string, selector: string): Promise<RunContent> {
  return withRuns(folder, (sqlite) => {
    const run = selectRun(sqlite, selector);
    return {
      run,
      steps: readSteps(sqlite, run.key),
      epochs: readEpochs(sqlite, run.key),
      layers: readLayers(sqlite, run.key),
      ratios: readRatios(sqlite, run.key),
    };
  });
}

export async function runShow(options: ShowOptions): Promise<ExitCode> {
  const output = new Output(options);
  const content = await readContent(options.runs, options.run);
  output.result(contentDocument(content), () => contentText(content, output.columns));
  return exitCodes.done;
}

/** The document of --json and of the export as JSON, see docs/cli.md. */
export function contentDocument({ run, steps, epochs, layers, ratios }: RunContent): object {
  const { config, environment } = run;
  return { ...runDocument(run), config, environment, epochs, layers, ratios, stepColumns: steps };
}

function contentText({ run, steps, epochs, layers, ratios }: RunContent, columns: number): string {
  const parts = [
    runTable(run),
    fieldsTable("Configuration", run.config),
    fieldsTable("Result", run.result),
    fieldsTable("Environment", run.environment),
  ];
  if (epochs.length > 0) parts.push(epochTable(epochs));
  if (layers.length > 0) parts.push(layerTable(layers, ratios));
  parts.push(...courses(steps, epochs, layers, columns));
  return parts.filter((part) => part !== "").join("\n\n");
}

function runTable(run: StoredRun): string {
  const seconds = secondsOf(run);
  const took = seconds === null ? "" : `, ${formatDuration(seconds)}`;
  const planned = run.plannedSteps === null ? "" : ` of ${run.plannedSteps}`;
  const before = run.firstStep > 0 ? `, ${run.firstStep} of them before this run` : "";
  const rows: [string, string][] = [
    ["name", run.name],
    ["status", run.error === null ? run.status : `${run.status}: ${run.error}`],
    ["began", `${localTime(run.startedAt)}${took}`],
    ["steps", `${run.steps}${planned}${before}`],
    ["training loss", formatMaybe(run.loss)],
    ["training accuracy", formatMaybeShare(run.accuracy)],
    ["seed", String(run.seed ?? "")],
    ["command", run.command ?? ""],
  ];
  return formatTable(
    ["Run", run.id],
    rows.filter(([, value]) => value !== ""),
    { allText: true },
  );
}

function fieldsTable(title: string, fields: Readonly<Record<string, unknown>>): string {
  const rows = Object.entries(fields).map(([key, value]) => [key, formatValue(value)]);
  return rows.length === 0 ? "" : formatTable([title, ""], rows, { allText: true });
}

function epochTable(epochs: readonly StoredEpoch[]): string {
  const shown = epochs.slice(-epochsShown);
  const rows = shown.map((row) => [
    String(row.epoch),
    String(row.step),
    formatMaybe(row.loss),
    formatMaybeShare(row.accuracy),
    formatMaybe(row.validationLoss),
    formatMaybeShare(row.validationAccuracy),
    row.milliseconds === null ? "" : formatDuration(row.milliseconds / 1000),
  ]);
  const head = ["epoch", "step", "loss", "accuracy", "validation loss", "validation accuracy", "time"];
  const left = epochs.length - shown.length;
  return `${formatTable(head, rows)}${left > 0 ? `\n${left} earlier epochs are in --json.` : ""}`;
}

/** The last that was measured of each layer, and the class of its ratio to the layer before. */
function layerTable(layers: readonly StoredLayer[], ratios: readonly StoredRatio[]): string {
  const lastStep = layers.at(-1)?.step;
  const last = layers.filter(({ step }) => step === lastStep);
  const epoch = last[0]?.epoch;
  const rows = last.map((row) => {
    const found = ratios.find((ratio) => ratio.epoch === epoch && ratio.layer === row.layer);
    return [
      row.layer,
      formatNumber(row.l2),
      found ? (found.ratio === null ? "∞" : formatNumber(found.ratio)) : "",
      found?.class ?? "",
      formatNumber(row.max),
      formatMaybeShare(row.belowThousandth),
      formatMaybe(row.updateRatio),
      formatMaybeShare(row.deadShare),
    ];
  });
  const head = ["gradient of", "L2 norm", "ratio", "class", "max", "< 1e-3", "update", "dead"];
  return `${formatTable(head, rows, { allText: true })}\nMean of ${last[0]?.steps} steps up to step ${lastStep}, epoch ${epoch}; ratio to the layer above.`;
}

/** How things went, a line each, as wide as the terminal. */
function courses(
  steps: StepColumns,
  epochs: readonly StoredEpoch[],
  layers: readonly StoredLayer[],
  columns: number,
): string[] {
  const lines: [name: string, values: readonly (number | null)[], logarithmic: boolean][] = [
    ["loss", steps.loss, false],
    ["accuracy", steps.accuracy, false],
    ["validation loss", epochs.map(({ validationLoss }) => validationLoss), false],
    ["validation accuracy", epochs.map(({ validationAccuracy }) => validationAccuracy), false],
  ];
  for (const [layer, norms] of normsByLayer(layers)) lines.push([`‖∇‖ ${layer}`, norms, true]);
  const drawn = lines.filter(([, values]) => values.some((value) => value !== null));
  if (drawn.length === 0) return [];
  const nameWidth = Math.min(32, Math.max(...drawn.map(([name]) => name.length)));
  // Beside the name: first and last value, and blanks.
  const width = Math.max(8, Math.min(100, columns - nameWidth - 22));
  const text = drawn.map(([name, values, logarithmic]) => {
    const present = values.filter((value) => value !== null);
    const line = sparkline(values, { width, logarithmic });
    const [first, last] = [formatMaybe(present[0] ?? null), formatMaybe(present.at(-1) ?? null)];
    const label = name.length > nameWidth ? `…${name.slice(name.length - nameWidth + 1)}` : name;
    return `${label.padEnd(nameWidth)} ${first.padStart(8)} ${line} ${last}`;
  });
  return [`Course, from the first value to the last (norms logarithmic):\n${text.join("\n")}`];
}

/** L2 norms over time by layer, in the network's order. */
export function normsByLayer(layers: readonly StoredLayer[]): Map<string, number[]> {
  const order = [...layers].sort((a, b) => a.position - b.position || a.step - b.step);
  const norms = new Map<string, number[]>();
  for (const { layer, l2 } of order) norms.set(layer, [...(norms.get(layer) ?? []), l2]);
  return norms;
}
