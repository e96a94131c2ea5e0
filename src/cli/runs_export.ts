import { mkdir, rename, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { dirname, join } from "node:path";
import { UsageError } from "../device/errors.ts";
import { encodeEventFile, eventFileName, type ScalarEvent } from "../training/node/event_file.ts";
import { reasonOf } from "../training/node/records_error.ts";
import { type ExitCode, exitCodes } from "./options.ts";
import { Output } from "./output.ts";
import { stepNorms } from "./runs_layers.ts";
import type { ExportFormat, RunsOptions } from "./runs_options.ts";
import { contentDocument, type RunContent, readContent } from "./runs_show.ts";

export interface ExportOptions extends RunsOptions {
  readonly run: string;
  readonly format: ExportFormat;
  readonly out: string;
}

/** Writes a run's numbers for other programs, and names the files. */
export async function runExport(options: ExportOptions): Promise<ExitCode> {
  const output = new Output(options);
  const { format, out } = options;
  const content = await readContent(options.runs, options.run);
  const files = await writeFiles(out, format, filesOf(format, content));
  output.result({ run: content.run.id, format, files }, () =>
    files.map((file) => `Saved: ${file}`).join("\n"),
  );
  return exitCodes.done;
}

/** Names to contents; a name is empty where the path given is the file's. */
function filesOf(format: ExportFormat, content: RunContent): [name: string, text: string | Uint8Array][] {
  switch (format) {
    case "csv":
      return csvFiles(content);
    case "json":
      return [["", `${JSON.stringify(contentDocument(content), null, 1)}\n`]];
    case "tensorboard": {
      const began = Date.parse(content.run.startedAt) / 1000;
      return [[eventFileName(began, hostname()), encodeEventFile(began, scalarEvents(content))]];
    }
    default:
      throw format satisfies never;
  }
}

/** Writes each whole or not at all. @throws UsageError where that fails */
export async function writeFiles(
  out: string,
  where: string,
  files: readonly (readonly [name: string, content: string | Uint8Array])[],
): Promise<string[]> {
  const paths: string[] = [];
  for (const [name, content] of files) {
    const path = name === "" ? out : join(out, name);
    try {
      await mkdir(dirname(path), { recursive: true });
      await writeFile(`${path}.${process.pid}.tmp`, content);
      await rename(`${path}.${process.pid}.tmp`, path);
    } catch (error) {
      const problem = `the file cannot be written: ${reasonOf(error)}`;
      throw new UsageError({ where: `runs(${where})`, problem, got: path }, { cause: error });
    }
    paths.push(path);
  }
  return paths;
}

type Table = readonly (readonly [column: string, values: readonly unknown[]])[];

function csvFiles({ run, steps, epochs, layers, ratios }: RunContent): [string, string][] {
  const fields = (rows: readonly object[]): Table => {
    const keys = Object.keys(rows[0] ?? {});
    return keys.map((key) => [snakeCase(key), rows.map((row) => Reflect.get(row, key))] as const);
  };
  const configuration = [...Object.entries(run.config), ...Object.entries(run.result)];
  return [
    ["steps.csv", csv(Object.entries(steps).map(([key, values]) => [snakeCase(key), values]))],
    ["epochs.csv", csv(fields(epochs))],
    ["layer_statistics.csv", csv(fields(layers))],
    ["gradient_class.csv", csv(fields(ratios))],
    [
      "run.csv",
      csv([
        ["key", ["id", "name", "status", ...configuration.map(([key]) => key)]],
        ["value", [run.id, run.name, run.status, ...configuration.map(([, value]) => value)]],
      ]),
    ],
  ];
}

const snakeCase = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** As of RFC 4180, but for line ends: a head, then a line a row. What is missing is empty. */
function csv(table: Table): string {
  const rows = table[0]?.[1].length ?? 0;
  const lines = [table.map(([column]) => csvCell(column)).join(",")];
  for (let row = 0; row < rows; row++) lines.push(table.map(([, values]) => csvCell(values[row])).join(","));
  return `${lines.join("\n")}\n`;
}

function csvCell(value: unknown): string {
  if (value === null || value === undefined) return "";
  const text = typeof value === "object" ? JSON.stringify(value) : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

type Scalars = [tag: string, value: number][];

/** Curves by step. Times are the run's beginning and the steps' own durations. */
function scalarEvents({ run, steps, epochs, layers }: RunContent): ScalarEvent[] {
  const byStep = new Map<number, Scalars>();
  const add = (step: number, tag: string, value: number | null | undefined): void => {
    if (value === null || value === undefined) return;
    const scalars = byStep.get(step);
    if (scalars) scalars.push([tag, value]);
    else byStep.set(step, [[tag, value]]);
  };
  const times = new Map<number, number>();
  let time = Date.parse(run.startedAt) / 1000;
  for (const [index, step] of steps.step.entries()) {
    time += (steps.milliseconds[index] ?? 0) / 1000;
    times.set(step, time);
    add(step, "loss", steps.loss[index]);
    add(step, "accuracy", steps.accuracy[index]);
    add(step, "learning_rate", steps.learningRate[index]);
  }
  for (const row of epochs) {
    add(row.step, "epoch/loss", row.loss);
    add(row.step, "epoch/accuracy", row.accuracy);
    add(row.step, "validation/loss", row.validationLoss);
    add(row.step, "validation/accuracy", row.validationAccuracy);
  }
  for (const { step, layer, norm } of stepNorms(layers)) add(step, `gradient_norm/${layer}`, norm);
  for (const row of layers) {
    add(row.step, `update_ratio/${row.layer}`, row.updateRatio);
    add(row.step, `dead_share/${row.layer}`, row.deadShare);
  }
  return [...byStep]
    .sort(([one], [other]) => one - other)
    .map(([step, scalars]) => ({ wallTime: times.get(step) ?? time, step, scalars }));
}
