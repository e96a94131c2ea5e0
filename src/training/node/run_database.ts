import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { UsageError } from "../../device/errors.ts";
import { codeOf, RecordsError, reasonOf } from "./records_error.ts";
import { numberOf } from "./row_fields.ts";
import { applicationId, migrations } from "./run_schema.ts";
import { Sqlite } from "./sqlite.ts";

/** In a folder of runs. */
export const databaseName = "wgrad.db";

export interface OpenRunsOptions {
  /** How long a write waits for another process's; 5 s by default. */
  readonly busyMilliseconds?: number;
  /** Steps of the schema: other than our own in tests. */
  readonly migrations?: readonly string[];
}

/**
 * Opens the database of a folder of runs, made where it is missing and brought to this version's schema. Writers and
 * readers of several processes may have it open at once; what a killed process had not committed is rolled back.
 * @throws RecordsError where it cannot be opened, is not wgrad's, or was made by a newer version
 */
export async function openRuns(folder: string, options: OpenRunsOptions = {}): Promise<Sqlite> {
  const path = join(folder, databaseName);
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw new RecordsError({ where: `records(${path})`, problem: reasonOf(error) }, { cause: error });
  }
  const { busyMilliseconds } = options;
  const sqlite = await Sqlite.open(path, busyMilliseconds === undefined ? {} : { busyMilliseconds });
  try {
    await configure(sqlite);
    migrate(sqlite, options.migrations ?? migrations);
    return sqlite;
  } catch (error) {
    await sqlite.close();
    throw error;
  }
}

/** The database of a folder that has one, for reading. @throws UsageError where there is none */
export async function openExistingRuns(folder: string): Promise<Sqlite> {
  if (hasRuns(folder)) return openRuns(folder);
  throw new UsageError({
    where: "runs",
    problem: "there are no records of runs here",
    got: join(folder, databaseName),
    hint: "name the folder with --runs; wgrad train writes it",
  });
}

export const hasRuns = (folder: string): boolean => existsSync(join(folder, databaseName));

/**
 * Write-ahead log, synced at checkpoints only: a killed process loses nothing that it committed, a power cut at most the
 * last commits, neither the database. The log is brought home often, so that it stays small.
 */
async function configure(sqlite: Sqlite): Promise<void> {
  // The change of mode does not wait for others by itself.
  for (let attempt = 0; ; attempt++) {
    try {
      sqlite.all("PRAGMA journal_mode = WAL");
      break;
    } catch (error) {
      if (attempt >= 50 || codeOf((error as Error).cause) !== "SQLITE_BUSY") throw error;
      await new Promise((done) => setTimeout(done, 20 + 10 * attempt));
    }
  }
  sqlite.all("PRAGMA synchronous = NORMAL");
  sqlite.all("PRAGMA foreign_keys = ON");
  sqlite.all("PRAGMA wal_autocheckpoint = 64");
  sqlite.all("PRAGMA journal_size_limit = 262144");
}

function migrate(sqlite: Sqlite, steps: readonly string[]): void {
  if (acceptedVersion(sqlite, steps.length) === steps.length) return;
  sqlite.transaction(() => {
    // Another process may have been here meanwhile.
    const version = acceptedVersion(sqlite, steps.length);
    for (const step of steps.slice(version)) sqlite.execute(step);
    sqlite.execute(`PRAGMA application_id = ${applicationId}; PRAGMA user_version = ${steps.length}`);
  });
}

/** Steps of the schema that the file has behind it. @throws RecordsError where it is not for us */
function acceptedVersion(sqlite: Sqlite, known: number): number {
  const version = pragma(sqlite, "user_version");
  const owner = pragma(sqlite, "application_id");
  const where = `records(${sqlite.path})`;
  if (owner !== applicationId) {
    const tables = sqlite.all("SELECT name FROM sqlite_master LIMIT 1").length;
    if (tables === 0 && version === 0 && owner === 0) return 0;
    throw new RecordsError({ where, problem: "the database is not one of wgrad's runs" });
  }
  if (version > known) {
    throw new RecordsError({
      where,
      problem: "the database was made by a newer wgrad",
      got: `schema ${version}`,
      expected: `at most ${known}`,
      hint: "use that version, or another folder of runs",
    });
  }
  return version;
}

function pragma(sqlite: Sqlite, name: "user_version" | "application_id"): number {
  const [row] = sqlite.all(`PRAGMA ${name}`);
  return row ? numberOf(row, name) : 0;
}
