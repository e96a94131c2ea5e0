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
import {
  flattened,
  formatMaybe,
  formatMaybeShare,
  formatNumber,
  formatValue,
  localTime,
  secondsOf,
} from "./runs_format.ts";
import { namesInOrder, stepNorms } from "./runs_layers.ts";
import { runDocument } from "./runs_list.ts";
import type { RunsOptions } from "./runs_options.ts";
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
  if (epochs.length > 0) parts.push(epochTable(epochs, columns));
  if (layers.length > 0) parts.push(layerTable(layers, ratios, columns));
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
  const rows = Object.entries(flattened(fields)).map(([key, value]) => [key, formatValue(value)]);
  return rows.length === 0 ? "" : formatTable([title, ""], rows, { allText: true });
}

function epochTable(epochs: readonly StoredEpoch[], columns: number): string {
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
  return `${fitted(head, rows, columns)}${left > 0 ? `\n${left} earlier epochs are in --json.` : ""}`;
}

/** The last that was measured of each layer, and the class of its ratio to the layer before. */
function layerTable(layers: readonly StoredLayer[], ratios: readonly StoredRatio[], columns: number): string {
  const lastStep = layers.at(-1)?.step;
  const last = layers.filter(({ step }) => step === lastStep);
  const epoch = last[0]?.epoch;
  const rows = last.map((row) => {
    // Beside the first tensor of a layer.
    const found = ratios.find((ratio) => ratio.epoch === epoch && ratio.position === row.position);
    return [
      row.layer,
      formatNumber(row.l2),
      found ? formatNumber(found.ratio) : "",
      found?.class ?? "",
      formatMaybe(row.updateRatio),
      formatMaybeShare(row.deadShare),
      formatMaybeShare(row.belowThousandth),
      formatNumber(row.max),
    ];
  });
  const head = ["gradient of", "L2 norm", "ratio", "class", "update", "dead", "< 1e-3", "max"];
  const steps =
    last[0]?.steps === 1 ? `Step ${lastStep}` : `Mean of ${last[0]?.steps} steps up to ${lastStep}`;
  return `${fitted(head, rows, columns)}\n${steps}, epoch ${epoch}; ratios to the layer above.`;
}

/** A table without empty columns, and with as many as the terminal has room for, at least four. */
function fitted(head: readonly string[], rows: readonly (readonly string[])[], columns: number): string {
  const empty = head.findIndex((_, column) => rows.every((row) => row[column] === ""));
  if (empty >= 0) {
    const without = (cells: readonly string[]) => cells.toSpliced(empty, 1);
    return fitted(without(head), rows.map(without), columns);
  }
  for (let count = head.length; ; count--) {
    const table = formatTable(
      head.slice(0, count),
      rows.map((row) => row.slice(0, count)),
    );
    if (count <= 4 || table.indexOf("\n") <= columns) return table;
  }
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
  const norms = stepNorms(layers);
  for (const name of namesInOrder(norms)) {
    const values = norms.filter(({ layer }) => layer === name).map(({ norm }) => norm);
    lines.push([`‖∇‖ ${name}`, values, true]);
  }
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
