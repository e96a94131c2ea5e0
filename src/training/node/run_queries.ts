import { hostname } from "node:os";
import type { LayerStatistics } from "../statistics/layer_statistics.ts";
import type { EpochClass, GradientClass } from "../statistics/norm_ratios.ts";
import { numberOf, numberOrNull, recordOf, textOf, textOrNull } from "./row_fields.ts";
import { type Fields, type RunStatus, runStatuses } from "./run_types.ts";
import type { Row, Sqlite } from "./sqlite.ts";

/** Steps at a run's end over which its training loss and accuracy are averaged. */
export const recentSteps = 50;

/** A run as one line of a list. */
export interface StoredRun {
  /** In the database's tables. */
  readonly key: number;
  readonly id: string;
  readonly name: string;
  readonly recipe: string | null;
  readonly study: string | null;
  /** `died` where it is noted as running and its process is gone: it was killed. */
  readonly status: RunStatus | "died";
  /** UTC, ISO 8601. */
  readonly startedAt: string;
  readonly endedAt: string | null;
  readonly seed: number | string | null;
  readonly command: string | null;
  readonly firstStep: number;
  readonly plannedSteps: number | null;
  /** Steps of the whole training that are done. */
  readonly steps: number;
  /** Means over the last steps. */
  readonly loss: number | null;
  readonly accuracy: number | null;
  readonly result: Fields;
  readonly error: string | null;
  readonly config: Fields;
  readonly environment: Fields;
}

/** Columns of equal length, a place a step. */
export interface StepColumns {
  readonly step: readonly number[];
  readonly epoch: readonly number[];
  readonly loss: readonly (number | null)[];
  readonly accuracy: readonly (number | null)[];
  readonly learningRate: readonly (number | null)[];
  readonly milliseconds: readonly (number | null)[];
}

export interface StoredEpoch {
  readonly epoch: number;
  readonly step: number;
  readonly loss: number | null;
  readonly accuracy: number | null;
  readonly validationLoss: number | null;
  readonly validationAccuracy: number | null;
  readonly metrics: Fields;
  readonly milliseconds: number | null;
}

/** What was measured of a layer, with its place. */
export interface StoredLayer extends LayerStatistics {
  readonly epoch: number;
  /** The last step that it covers, and how many it is the mean of. */
  readonly step: number;
  readonly steps: number;
  /** In the network's order. */
  readonly position: number;
}

/** A whole layer's mean gradient norm of an epoch by that of the layer before it. */
export interface StoredRatio extends EpochClass {
  readonly position: number;
  readonly norm: number;
  readonly previousNorm: number;
}

/** All runs, the newest first. */
export function listRuns(sqlite: Sqlite): StoredRun[] {
  return sqlite.all("SELECT * FROM runs ORDER BY started_at DESC, key DESC").map((row) => runOf(sqlite, row));
}

/** What tells runs apart, without their content. */
export function listNames(sqlite: Sqlite): { readonly id: string; readonly name: string }[] {
  return sqlite
    .all("SELECT id, name FROM runs ORDER BY started_at DESC, key DESC")
    .map((row) => ({ id: textOf(row, "id"), name: textOf(row, "name") }));
}

export function readRun(sqlite: Sqlite, id: string): StoredRun | undefined {
  const [row] = sqlite.all("SELECT * FROM runs WHERE id = ?", [id]);
  return row && runOf(sqlite, row);
}

function runOf(sqlite: Sqlite, row: Row): StoredRun {
  const key = numberOf(row, "key");
  const firstStep = numberOf(row, "first_step");
  const [end] = sqlite.all(
    `SELECT MAX(step) AS last, AVG(loss) AS loss, AVG(accuracy) AS accuracy
     FROM (SELECT * FROM steps WHERE run = ? ORDER BY step DESC LIMIT ${recentSteps})`,
    [key],
  );
  const seed = row["seed"];
  return {
    key,
    id: textOf(row, "id"),
    name: textOf(row, "name"),
    recipe: textOrNull(row, "recipe"),
    study: textOrNull(row, "study"),
    status: statusOf(row),
    startedAt: textOf(row, "started_at"),
    endedAt: textOrNull(row, "ended_at"),
    seed: typeof seed === "number" || typeof seed === "string" ? seed : null,
    command: textOrNull(row, "command"),
    firstStep,
    plannedSteps: numberOrNull(row, "planned_steps"),
    steps: (end && numberOrNull(end, "last")) ?? firstStep,
    loss: end ? numberOrNull(end, "loss") : null,
    accuracy: end ? numberOrNull(end, "accuracy") : null,
    result: recordOf(row, "result"),
    error: textOrNull(row, "error"),
    config: fieldsOf(sqlite, "configs", key),
    environment: fieldsOf(sqlite, "environment", key),
  };
}

function statusOf(row: Row): RunStatus | "died" {
  const stored = textOf(row, "status");
  const status = runStatuses.find((known) => known === stored) ?? "failed";
  if (status !== "running" || textOf(row, "host") !== hostname()) return status;
  return isAlive(numberOf(row, "process")) ? status : "died";
}

function isAlive(processId: number): boolean {
  try {
    return process.kill(processId, 0);
  } catch (error) {
    // There is one, of another user.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

function fieldsOf(sqlite: Sqlite, table: "configs" | "environment", run: number): Fields {
  const rows = sqlite.all(`SELECT key, value FROM ${table} WHERE run = ? ORDER BY key`, [run]);
  return Object.fromEntries(
    rows.map((row) => {
      const text = textOf(row, "value");
      return [textOf(row, "key"), parsed(text)];
    }),
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

export function readSteps(sqlite: Sqlite, run: number): StepColumns {
  const rows = sqlite.all("SELECT * FROM steps WHERE run = ? ORDER BY step", [run]);
  const column = (name: string) => rows.map((row) => numberOrNull(row, name));
  return {
    step: rows.map((row) => numberOf(row, "step")),
    epoch: rows.map((row) => numberOf(row, "epoch")),
    loss: column("loss"),
    accuracy: column("accuracy"),
    learningRate: column("learning_rate"),
    milliseconds: column("milliseconds"),
  };
}

export function readEpochs(sqlite: Sqlite, run: number): StoredEpoch[] {
  return sqlite.all("SELECT * FROM epochs WHERE run = ? ORDER BY epoch", [run]).map((row) => ({
    epoch: numberOf(row, "epoch"),
    step: numberOf(row, "step"),
    loss: numberOrNull(row, "loss"),
    accuracy: numberOrNull(row, "accuracy"),
    validationLoss: numberOrNull(row, "validation_loss"),
    validationAccuracy: numberOrNull(row, "validation_accuracy"),
    metrics: recordOf(row, "metrics"),
    milliseconds: numberOrNull(row, "milliseconds"),
  }));
}

/** In the order of time, then of the network. */
export function readLayers(sqlite: Sqlite, run: number): StoredLayer[] {
  const sql = "SELECT * FROM layer_statistics WHERE run = ? ORDER BY step, position";
  return sqlite.all(sql, [run]).map((row) => ({
    epoch: numberOf(row, "epoch"),
    step: numberOf(row, "step"),
    steps: numberOf(row, "steps"),
    position: numberOf(row, "position"),
    layer: textOf(row, "tensor"),
    kind: textOf(row, "kind") === "parameter" ? "parameter" : "activation",
    l1: numberOf(row, "gradient_l1"),
    l2: numberOf(row, "gradient_l2"),
    max: numberOf(row, "gradient_max"),
    mean: numberOf(row, "gradient_mean"),
    meanMagnitude: numberOf(row, "gradient_mean_magnitude"),
    belowThousandth: numberOf(row, "gradient_below_1e3"),
    belowHundredThousandth: numberOf(row, "gradient_below_1e5"),
    nonFinite: numberOf(row, "gradient_non_finite"),
    updateRatio: numberOrNull(row, "update_ratio"),
    deadShare: numberOrNull(row, "dead_share"),
    saturation: numberOrNull(row, "saturation"),
  }));
}

/** What the view `gradient_class` says of a run. */
export function readRatios(sqlite: Sqlite, run: number): StoredRatio[] {
  const sql = "SELECT * FROM gradient_class WHERE run = ? ORDER BY epoch, position";
  return sqlite.all(sql, [run]).map((row) => ({
    epoch: numberOf(row, "epoch"),
    position: numberOf(row, "position"),
    layer: textOf(row, "layer"),
    previous: textOf(row, "previous_layer"),
    norm: numberOf(row, "norm"),
    previousNorm: numberOf(row, "previous_norm"),
    ratio: numberOf(row, "ratio"),
    class: classOf(textOf(row, "class")),
  }));
}

function classOf(text: string): GradientClass {
  switch (text) {
    case "stable":
    case "vanishing":
    case "exploding":
      return text;
    default:
      return "infinite";
  }
}
