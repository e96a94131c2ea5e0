import { randomBytes } from "node:crypto";
import { hostname } from "node:os";
import type { LayerStatistics } from "../statistics/layer_statistics.ts";
import { numberOf } from "./row_fields.ts";
import type { EpochRow, Fields, LayerPlace, RunBeginning, RunStatus, StepRow } from "./run_types.ts";
import type { Sqlite } from "./sqlite.ts";

/** Without letters that look like others, so that an id can be read aloud and typed. */
const alphabet = "23456789abcdefghjkmnpqrstuvwxyz";

/** Eight characters: chance gives two runs of a thousand the same once in a million folders. */
export function newRunId(): string {
  return Array.from(randomBytes(8), (byte) => alphabet[byte % alphabet.length]).join("");
}

/** Makes a run and gives its key. */
export function insertRun(sqlite: Sqlite, id: string, run: RunBeginning): number {
  sqlite.run(
    `INSERT INTO runs (id, name, recipe, study, status, started_at, seed, command, first_step, planned_steps, host,
       process) VALUES (?, ?, ?, ?, 'running', ?, ?, ?, ?, ?, ?, ?)`,
    [
      id,
      run.name,
      run.recipe,
      run.study,
      (run.startedAt ?? new Date()).toISOString(),
      run.seed,
      run.command,
      run.firstStep ?? 0,
      run.plannedSteps,
      hostname(),
      process.pid,
    ],
  );
  const [row] = sqlite.all("SELECT key FROM runs WHERE id = ?", [id]);
  const key = row ? numberOf(row, "key") : 0;
  insertFields(sqlite, "configs", key, run.config);
  insertFields(sqlite, "environment", key, run.environment);
  return key;
}

function insertFields(sqlite: Sqlite, table: "configs" | "environment", run: number, fields: Fields): void {
  for (const [key, value] of Object.entries(fields)) {
    if (value === undefined) continue;
    sqlite.run(`INSERT OR REPLACE INTO ${table} (run, key, value) VALUES (?, ?, ?)`, [run, key, json(value)]);
  }
}

/** A step that is done again, after a device was lost, replaces what was written of it. */
export function insertStep(sqlite: Sqlite, run: number, row: StepRow): void {
  sqlite.run("INSERT OR REPLACE INTO steps VALUES (?, ?, ?, ?, ?, ?, ?)", [
    run,
    row.step,
    row.epoch,
    row.loss,
    row.accuracy,
    row.learningRate,
    row.milliseconds,
  ]);
}

export function insertEpoch(sqlite: Sqlite, run: number, row: EpochRow): void {
  sqlite.run("INSERT OR REPLACE INTO epochs VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", [
    run,
    row.epoch,
    row.step,
    row.loss,
    row.accuracy,
    row.validationLoss,
    row.validationAccuracy,
    json(row.metrics ?? {}),
    row.milliseconds,
  ]);
}

/** @param position in the network's order */
export function insertLayer(
  sqlite: Sqlite,
  run: number,
  { epoch, step, steps = 1 }: LayerPlace,
  position: number,
  row: LayerStatistics,
): void {
  sqlite.run(
    "INSERT OR REPLACE INTO layer_statistics VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    [
      run,
      epoch,
      step,
      steps,
      position,
      wholeLayer(row),
      row.layer,
      row.kind,
      measured(row.l1),
      measured(row.l2),
      measured(row.max),
      measured(row.mean),
      measured(row.meanMagnitude),
      row.belowThousandth,
      row.belowHundredThousandth,
      row.nonFinite,
      row.updateRatio,
      row.deadShare,
      row.saturation,
    ],
  );
}

export function endRun(sqlite: Sqlite, run: number, status: RunStatus, result: Fields, error?: string): void {
  sqlite.run("UPDATE runs SET status = ?, ended_at = ?, result = ?, error = ? WHERE key = ?", [
    status,
    new Date().toISOString(),
    json(result),
    error,
    run,
  ]);
}

/** Weights and biases belong to one layer: `layer0.conv2d` of `layer0.conv2d.bias`. */
const wholeLayer = ({ layer, kind }: LayerStatistics): string =>
  kind === "parameter" ? layer.replace(/\.[^.]*$/, "") : layer;

/** NULL means that a value was not measured; SQLite would make it of NaN too, which was. */
const measured = (value: number): number => (Number.isNaN(value) ? Number.POSITIVE_INFINITY : value);

/** Numbers that JSON lacks become null; typed arrays become arrays. */
function json(value: unknown): string {
  return (
    JSON.stringify(value, (_key, inner: unknown) => {
      if (typeof inner === "bigint") return String(inner);
      if (inner instanceof Float32Array || inner instanceof Float64Array || inner instanceof Int32Array)
        return Array.from(inner);
      return inner;
    }) ?? "null"
  );
}
