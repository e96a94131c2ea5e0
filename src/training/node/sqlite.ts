import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import type Database from "libsql";
import { codeOf, RecordsError, reasonOf } from "./records_error.ts";

/** What a place in a statement takes. SQLite has no NaN: it becomes NULL. The infinities are kept. */
export type SqlValue = number | string | boolean | bigint | null | undefined;

export type Row = Readonly<Record<string, unknown>>;

/** How long a statement waits for another process's write. */
const BUSY_MILLISECONDS = 5000;

/**
 * A connection to one SQLite file. libsql is an optional package: it is loaded when the first file is opened.
 * @throws RecordsError from every method where SQLite refuses
 */
export class Sqlite {
  readonly path: string;
  readonly #database: Database.Database;
  #statements = new Map<string, Database.Statement>();
  #open = true;

  private constructor(path: string, database: Database.Database) {
    this.path = path;
    this.#database = database;
  }

  /** Opens or makes a file. @throws RecordsError where there is no libsql, or the file cannot be opened */
  static async open(path: string, { busyMilliseconds = BUSY_MILLISECONDS } = {}): Promise<Sqlite> {
    const Connection = await loadLibsql();
    try {
      return new Sqlite(path, new Connection(path, { timeout: busyMilliseconds }));
    } catch (error) {
      throw refused(path, error);
    }
  }

  /** Runs statements without values. */
  execute(sql: string): void {
    try {
      this.#database.exec(sql);
    } catch (error) {
      throw refused(this.path, error);
    }
  }

  /** Runs a statement that changes something. */
  run(sql: string, values: readonly SqlValue[] = []): void {
    try {
      this.#prepared(sql).run(values.map(bound));
    } catch (error) {
      throw refused(this.path, error);
    }
  }

  /** All rows of a query: one left half read would hold its lock. */
  all(sql: string, values: readonly SqlValue[] = []): readonly Row[] {
    try {
      return this.#prepared(sql).all(values.map(bound)).filter(isRow);
    } catch (error) {
      throw refused(this.path, error);
    }
  }

  /** All that `write` does or nothing of it, with the right to write from the beginning. */
  transaction<Result>(write: () => Result): Result {
    this.execute("BEGIN IMMEDIATE");
    try {
      const result = write();
      this.execute("COMMIT");
      return result;
    } catch (error) {
      // A full disk has SQLite roll back by itself.
      if (this.#database.inTransaction) this.execute("ROLLBACK");
      throw error;
    }
  }

  /**
   * Closes the file. A connection of libsql ends with the last of its statements, and those end with the garbage
   * collection: without it, descriptors, locks and the files beside the database would stay.
   */
  async close(): Promise<void> {
    if (!this.#open) return;
    this.#open = false;
    this.#statements = new Map();
    this.#database.close();
    // An object of this call's own stack frame is not garbage yet.
    await nextTurn();
    collectGarbage();
    // Finalizers run in a turn of their own.
    await nextTurn();
  }

  #prepared(sql: string): Database.Statement {
    const known = this.#statements.get(sql);
    if (known) return known;
    const statement = this.#database.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }
}

async function loadLibsql(): Promise<typeof Database> {
  try {
    return (await import("libsql")).default;
  } catch (error) {
    throw new RecordsError(
      {
        where: "records",
        problem: "the package libsql cannot be loaded",
        hint: "it is an optional dependency and has no build for every platform: npm install libsql",
      },
      { cause: error },
    );
  }
}

/** libsql ends the process where it is given anything but these. */
function bound(value: SqlValue): number | string | null {
  switch (typeof value) {
    case "number":
      return Number.isNaN(value) ? null : value;
    case "string":
      return value;
    case "boolean":
      return value ? 1 : 0;
    case "bigint":
      return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
    default:
      return null;
  }
}

const isRow = (value: unknown): value is Row => typeof value === "object" && value !== null;

function refused(path: string, error: unknown): RecordsError {
  if (error instanceof RecordsError) return error;
  return new RecordsError(
    { where: `records(${path})`, problem: reasonOf(error), hint: hintOf(codeOf(error)) },
    { cause: error },
  );
}

function hintOf(code: string | undefined): string | undefined {
  if (code === "SQLITE_BUSY") return "try again when it is done";
  if (code === "SQLITE_NOTADB" || code === "SQLITE_CORRUPT") return "move it away: a new one is made";
  return undefined;
}

const nextTurn = (): Promise<void> => new Promise((done) => setImmediate(done));

function collectGarbage(): void {
  setFlagsFromString("--expose-gc");
  const collect: unknown = runInNewContext("gc");
  if (typeof collect === "function") collect();
}
