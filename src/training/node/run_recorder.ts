import type { LayerStatistics } from "../statistics/layer_statistics.ts";
import { reasonOf } from "./records_error.ts";
import { openRuns } from "./run_database.ts";
import type { EpochRow, Fields, LayerPlace, RunBeginning, RunStatus, StepRow } from "./run_types.ts";
import { endRun, insertEpoch, insertLayer, insertRun, insertStep, newRunId } from "./run_writer.ts";
import type { Sqlite } from "./sqlite.ts";

export interface RunRecorderOptions {
  /** Where the database lies, as `wgrad.db`; `runs` by default. */
  readonly folder?: string;
  /** Told once when records cannot be written, and at the end what is missing. */
  readonly warn?: (message: string) => void;
  /** Rows wait this long to be written together; 1000 by default. A process that is killed loses what waits. */
  readonly flushMilliseconds?: number;
  /** How long a write waits for another process's; 2000 by default, since training waits too. */
  readonly busyMilliseconds?: number;
}

/** A write that waits for the others of its transaction. */
type Write = (sqlite: Sqlite, run: number) => void;

/** After a write that failed, as many flushes are let pass, twice as many each time up to this. */
const mostSkipped = 64;
/** Above this, what cannot be written is dropped, oldest first. */
const mostWaiting = 200_000;

/**
 * Writes the record of one run. It never throws and never stops a training: where the database fails, it keeps what it
 * could not write, says so once, tries again later, and at the end says what is missing.
 *
 * @example
 * const recorder = await RunRecorder.open({ folder: "runs", warn: (text) => output.notice(text) });
 * const id = recorder.begin({ name, recipe, seed, command, config, environment });
 * recorder.steps([{ step, epoch, loss, accuracy, learningRate, milliseconds }, …]);
 * recorder.layers({ epoch, step, steps }, statistics);
 * recorder.epoch({ epoch, step, loss, accuracy, validationLoss, validationAccuracy, milliseconds });
 * await recorder.finish("done", { testLoss, testAccuracy });
 */
export class RunRecorder {
  readonly #warn: (message: string) => void;
  readonly #flushMilliseconds: number;
  #sqlite: Sqlite | undefined;
  #run: number | undefined;
  #waiting: Write[] = [];
  #dropped = 0;
  #flushedAt = performance.now();
  #failure: string | undefined;
  #skip = { left: 0, next: 1 };

  private constructor(options: RunRecorderOptions) {
    this.#warn = options.warn ?? (() => {});
    this.#flushMilliseconds = options.flushMilliseconds ?? 1000;
  }

  /** Opens or makes the database. Where that fails the recorder does nothing but say so. */
  static async open(options: RunRecorderOptions = {}): Promise<RunRecorder> {
    const recorder = new RunRecorder(options);
    const { folder = "runs", busyMilliseconds = 2000 } = options;
    try {
      recorder.#sqlite = await openRuns(folder, { busyMilliseconds });
    } catch (error) {
      recorder.#failed(error);
    }
    return recorder;
  }

  /** Why records are missing, so far; undefined where none are. */
  get failure(): string | undefined {
    return this.#failure;
  }

  /** Makes the run and gives its id, by which `wgrad runs show` finds it; undefined where there are no records. */
  begin(run: RunBeginning): string | undefined {
    const sqlite = this.#sqlite;
    if (!sqlite) return undefined;
    const id = newRunId();
    try {
      this.#run = sqlite.transaction(() => insertRun(sqlite, id, run));
      return id;
    } catch (error) {
      this.#failed(error);
      return undefined;
    }
  }

  steps(rows: readonly StepRow[]): void {
    this.#add(rows.map((row) => (sqlite, run) => insertStep(sqlite, run, row)));
  }

  epoch(row: EpochRow): void {
    this.#add([(sqlite, run) => insertEpoch(sqlite, run, row)]);
    this.flush();
  }

  /** @param rows in the network's order, activations at their place among parameters */
  layers(place: LayerPlace, rows: readonly LayerStatistics[]): void {
    this.#add(rows.map((row, position) => (sqlite, run) => insertLayer(sqlite, run, place, position, row)));
  }

  /** Writes what waits, now. */
  flush(): void {
    if (this.#skip.left > 0) this.#skip.left--;
    else this.#write();
  }

  /** Lets tests make the connection fail. @internal */
  onConnection(use: (sqlite: Sqlite) => void): void {
    if (this.#sqlite) use(this.#sqlite);
  }

  /** Ends the run and closes the database. @param error why it did not end well */
  async finish(status: Exclude<RunStatus, "running">, result: Fields = {}, error?: string): Promise<void> {
    const sqlite = this.#sqlite;
    if (!sqlite) return;
    this.#waiting.push((open, run) => endRun(open, run, status, result, error));
    this.#write();
    const lost = this.#dropped + (this.#run === undefined ? 0 : this.#waiting.length);
    if (lost > 0) this.#warn(`Records: ${lost} rows of this run could not be written: ${this.#failure}.`);
    this.#waiting = [];
    await this.close();
  }

  /** Closes the database; a run that is not finished stays as `running`, with what was written of it. */
  async close(): Promise<void> {
    const sqlite = this.#sqlite;
    this.#sqlite = undefined;
    try {
      await sqlite?.close();
    } catch (error) {
      this.#failed(error);
    }
  }

  #add(writes: readonly Write[]): void {
    if (this.#run === undefined || !this.#sqlite) return;
    this.#waiting.push(...writes);
    const tooMany = this.#waiting.length - mostWaiting;
    if (tooMany > 0) {
      this.#waiting.splice(0, tooMany);
      this.#dropped += tooMany;
    }
    if (performance.now() - this.#flushedAt >= this.#flushMilliseconds) this.flush();
  }

  #write(): void {
    const sqlite = this.#sqlite;
    const run = this.#run;
    this.#flushedAt = performance.now();
    if (!sqlite || run === undefined || this.#waiting.length === 0) return;
    try {
      sqlite.transaction(() => {
        for (const write of this.#waiting) write(sqlite, run);
      });
      this.#waiting = [];
      this.#skip = { left: 0, next: 1 };
    } catch (error) {
      this.#failed(error);
      this.#skip = { left: this.#skip.next, next: Math.min(mostSkipped, 2 * this.#skip.next) };
    }
  }

  #failed(error: unknown): void {
    const known = this.#failure !== undefined;
    this.#failure = reasonOf(error);
    if (known) return;
    const message = error instanceof Error ? error.message : String(error);
    this.#warn(`Records of this run cannot be written, training goes on: ${message}.`);
  }
}
