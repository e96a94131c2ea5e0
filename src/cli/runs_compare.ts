import { UsageError } from "../device/errors.ts";
import type { StoredRun } from "../training/node/run_queries.ts";
import { type ExitCode, exitCodes } from "./options.ts";
import { Output } from "./output.ts";
import { flattened, formatMaybe, formatMaybeShare, formatValue, secondsOf } from "./runs_format.ts";
import { runDocument } from "./runs_list.ts";
import type { RunsOptions } from "./runs_options.ts";
import { selectRun, withRuns } from "./runs_select.ts";
import { formatTable } from "./table.ts";

export interface CompareOptions extends RunsOptions {
  readonly selectors: readonly string[];
}

/** Configurations where they differ, and all results, a column a run. */
export async function runCompare(options: CompareOptions): Promise<ExitCode> {
  const output = new Output(options);
  const { selectors } = options;
  if (selectors.length < 2)
    throw new UsageError({
      where: "runs compare",
      problem: "one run has nothing to differ from",
      expected: "two or more",
    });
  const runs = await withRuns(options.runs, (sqlite) => selectors.map((run) => selectRun(sqlite, run)));
  const differences = {
    config: differing(runs.map(({ config, seed, recipe }) => ({ recipe, seed, ...flattened(config) }))),
    environment: differing(runs.map(({ environment }) => flattened(environment))),
  };
  output.result({ runs: runs.map(runDocument), differences }, () => compareTable(runs, differences));
  return exitCodes.done;
}

type Fields = Readonly<Record<string, unknown>>;

/** Of each key whose values are not all the same, its values; null where a run has none. */
export function differing(runs: readonly Fields[]): Record<string, unknown[]> {
  const keys = [...new Set(runs.flatMap((fields) => Object.keys(fields)))];
  const values = keys.map((key) => [key, runs.map((fields) => fields[key] ?? null)] as const);
  return Object.fromEntries(
    values.filter(([, row]) => new Set(row.map((value) => JSON.stringify(value))).size > 1),
  );
}

interface Differences {
  readonly config: Readonly<Record<string, readonly unknown[]>>;
  readonly environment: Readonly<Record<string, readonly unknown[]>>;
}

function compareTable(runs: readonly StoredRun[], { config, environment }: Differences): string {
  const cells = (values: readonly unknown[]) =>
    values.map((value) => (value === null ? "" : formatValue(value)));
  const rows: string[][] = [
    ["name", ...runs.map(({ name }) => name)],
    ["status", ...runs.map(({ status }) => status)],
    ...Object.entries({ ...config, ...environment }).map(([key, values]) => [key, ...cells(values)]),
    ["steps", ...runs.map(({ steps }) => String(steps))],
    ["seconds", ...runs.map((run) => formatMaybe(secondsOf(run)))],
    ["training loss", ...runs.map(({ loss }) => formatMaybe(loss))],
    ["training accuracy", ...runs.map(({ accuracy }) => formatMaybeShare(accuracy))],
  ];
  const results = [...new Set(runs.flatMap(({ result }) => Object.keys(result)))];
  for (const key of results) rows.push([key, ...cells(runs.map(({ result }) => result[key] ?? null))]);
  return formatTable(["Run", ...runs.map(({ id }) => id)], rows, { allText: true });
}
