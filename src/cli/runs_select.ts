import { UsageError } from "../device/errors.ts";
import { nearestNames } from "../device/nearest_names.ts";
import { openExistingRuns } from "../training/node/run_database.ts";
import { listNames, readRun, type StoredRun } from "../training/node/run_queries.ts";
import type { Sqlite } from "../training/node/sqlite.ts";

/** Opens the database of a folder of runs for as long as `use` takes. */
export async function withRuns<Result>(
  folder: string,
  use: (sqlite: Sqlite) => Result | Promise<Result>,
): Promise<Result> {
  const sqlite = await openExistingRuns(folder);
  try {
    return await use(sqlite);
  } finally {
    await sqlite.close();
  }
}

/**
 * The run that is meant: an id, the beginning of just one, a name (its newest run), or `latest`.
 * @throws UsageError that names the nearest where there is none, and all where there are several
 */
export function selectRun(sqlite: Sqlite, selector: string): StoredRun {
  const names = listNames(sqlite);
  const run = readRun(sqlite, idOf(names, selector));
  if (run) return run;
  throw unknownRun(names, selector);
}

type Named = { readonly id: string; readonly name: string };

function idOf(names: readonly Named[], selector: string): string {
  if (selector === "latest" && names[0]) return names[0].id;
  const exact = names.find(({ id }) => id === selector) ?? names.find(({ name }) => name === selector);
  if (exact) return exact.id;
  const beginning = selector === "" ? [] : names.filter(({ id }) => id.startsWith(selector));
  if (beginning.length === 1 && beginning[0]) return beginning[0].id;
  if (beginning.length === 0) throw unknownRun(names, selector);
  throw new UsageError({
    where: "runs",
    problem: "several runs begin like this",
    got: selector,
    expected: `one of ${beginning.slice(0, 5).map(described).join(", ")}`,
  });
}

function unknownRun(names: readonly Named[], selector: string): UsageError {
  const near = nearestNames(
    selector,
    names.flatMap(({ id, name }) => [id, name]),
  );
  const some = near.length > 0 ? near.join(", ") : names.slice(0, 3).map(described).join(", ");
  return new UsageError({
    where: "runs",
    problem: "there is no such run",
    got: selector,
    expected: names.length === 0 ? "none: there are no runs yet" : `an id or a name, such as ${some}`,
    hint: "see wgrad runs list",
  });
}

const described = ({ id, name }: Named): string => `${id} (${name})`;
