import { hasRuns } from "../training/node/run_database.ts";
import { listRuns, type StoredRun } from "../training/node/run_queries.ts";
import { formatCount } from "./format.ts";
import { type ExitCode, exitCodes } from "./options.ts";
import { Output } from "./output.ts";
import {
  formatMaybe,
  formatMaybeShare,
  localTime,
  numberField,
  optimizerOf,
  secondsOf,
} from "./runs_format.ts";
import type { RunsOptions } from "./runs_options.ts";
import { withRuns } from "./runs_select.ts";
import { formatTable } from "./table.ts";

/** All runs of a folder; none is no error. */
export async function runList(options: RunsOptions): Promise<ExitCode> {
  const output = new Output(options);
  const runs = hasRuns(options.runs) ? await withRuns(options.runs, listRuns) : [];
  output.result({ folder: options.runs, runs: runs.map(runDocument) }, () =>
    runs.length > 0 ? listTable(runs) : `There are no records of runs in ${options.runs} yet.`,
  );
  return exitCodes.done;
}

/** A run in the documents of --json: its fields are part of the public interface, see docs/cli.md. */
export function runDocument(run: StoredRun) {
  const { id, name, recipe, study, status, startedAt, endedAt, seed, command, firstStep, plannedSteps } = run;
  return {
    id,
    name,
    recipe,
    study,
    status,
    startedAt,
    endedAt,
    seconds: secondsOf(run),
    optimizer: optimizerOf(run) || null,
    seed,
    command,
    firstStep,
    plannedSteps,
    steps: run.steps,
    loss: run.loss,
    accuracy: run.accuracy,
    result: run.result,
    error: run.error,
  };
}

/** Loss and accuracy of training over the last steps, and of the test where there was one. */
function listTable(runs: readonly StoredRun[]): string {
  const head = ["id", "when", "name", "optimizer", "steps", "loss", "accuracy", "test", "status"];
  const rows = runs.map((run) => [
    run.id,
    localTime(run.startedAt),
    run.name === run.recipe || run.recipe === null ? run.name : run.name.slice(0, 28),
    optimizerOf(run),
    formatCount(run.steps),
    formatMaybe(run.loss),
    formatMaybeShare(run.accuracy),
    formatMaybeShare(numberField(run.result, "testAccuracy")),
    run.status,
  ]);
  return formatTable(head, rows);
}
