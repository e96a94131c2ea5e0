import { mkdir, readdir, readFile, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { CheckpointError, StorageError, UsageError } from "../../device/errors.ts";
import { Checkpoint } from "../checkpoint.ts";
import type { WritableFiles } from "./durable_write.ts";
import { nodeFiles, storageReason, writeDurably } from "./durable_write.ts";

export interface CheckpointFolderOptions {
  /** How many checkpoints are kept, the newest; 3 by default. */
  readonly keep?: number | undefined;
  /** Told of checkpoints that are passed over because they are not whole, in a sentence. */
  readonly notice?: ((text: string) => void) | undefined;
  /** The file system to write to; Node's by default. */
  readonly files?: WritableFiles | undefined;
}

/** A checkpoint's file. */
export interface StoredCheckpoint {
  readonly path: string;
  /** Of the training, as the file's name says. */
  readonly step: number;
}

export interface FoundCheckpoint extends StoredCheckpoint {
  readonly bytes: Uint8Array<ArrayBuffer>;
}

const namePattern = /^checkpoint-(\d+)\.safetensors$/;
const temporaryPattern = /^checkpoint-\d+\.safetensors\.(\d+)\.tmp$/;

/**
 * The checkpoints of a training: `checkpoint-000000050.safetensors` and so on, the last few kept. A file is whole or not
 * there: see `writeDurably`.
 */
export class CheckpointFolder {
  readonly path: string;
  readonly #keep: number;
  readonly #notice: (text: string) => void;
  readonly #files: WritableFiles;
  /** Saves come one after the other. */
  #last: Promise<unknown> = Promise.resolve();

  private constructor(path: string, { keep = 3, notice, files = nodeFiles }: CheckpointFolderOptions) {
    this.path = path;
    this.#keep = keep;
    this.#notice = notice ?? (() => undefined);
    this.#files = files;
  }

  /**
   * Makes the folder where there is none, and removes what killed processes left half written.
   * @throws UsageError where `keep` is no positive integer; StorageError where the folder cannot be made or read
   */
  static async open(path: string, options: CheckpointFolderOptions = {}): Promise<CheckpointFolder> {
    const { keep = 3 } = options;
    if (!Number.isInteger(keep) || keep < 1) {
      const expected = "a positive integer";
      throw new UsageError({
        where: "checkpoints(keep)",
        problem: "wrong value",
        got: String(keep),
        expected,
      });
    }
    const folder = new CheckpointFolder(path, options);
    try {
      await mkdir(path, { recursive: true });
      await folder.#clean();
    } catch (cause) {
      const problem = `the folder cannot be used: ${storageReason(cause)}`;
      throw new StorageError({ where: `checkpoints(${path})`, problem }, { cause });
    }
    return folder;
  }

  /**
   * Writes a checkpoint, then removes those beyond the last few. Saves that overlap wait for each other.
   * @param bytes of `trainer.save()`
   * @returns the file's path
   * @throws StorageError on a full disk, in a read-only folder …; it names the last checkpoint, which is intact
   */
  save(step: number, bytes: Uint8Array): Promise<string> {
    const saved = this.#last.then(() => this.#save(step, bytes));
    this.#last = saved.catch(() => undefined);
    return saved;
  }

  /** The newest checkpoint that is whole; undefined where there is none. @throws StorageError */
  async latest(): Promise<FoundCheckpoint | undefined> {
    for (const stored of await this.list()) {
      try {
        const bytes = new Uint8Array(await readFile(stored.path));
        // Its header says how long it is, so that a torn file is no checkpoint.
        new Checkpoint(bytes);
        return { ...stored, bytes };
      } catch (error) {
        const problem = error instanceof CheckpointError ? error.message : storageReason(error);
        this.#notice(`The checkpoint ${stored.path} is passed over: ${problem}`);
      }
    }
    return undefined;
  }

  /** All checkpoints, by the time at which they were written, the newest first. @throws StorageError */
  async list(): Promise<StoredCheckpoint[]> {
    const found: (StoredCheckpoint & { readonly written: bigint })[] = [];
    try {
      for (const name of await readdir(this.path)) {
        const step = Number(namePattern.exec(name)?.[1] ?? Number.NaN);
        if (!Number.isSafeInteger(step)) continue;
        const path = join(this.path, name);
        const { mtimeNs } = await stat(path, { bigint: true });
        found.push({ path, step, written: mtimeNs });
      }
    } catch (cause) {
      const problem = `the folder cannot be read: ${storageReason(cause)}`;
      throw new StorageError({ where: `checkpoints(${this.path})`, problem }, { cause });
    }
    const newest = (a: bigint, b: bigint): number => (a > b ? -1 : a < b ? 1 : 0);
    found.sort((a, b) => newest(a.written, b.written) || b.step - a.step);
    return found.map(({ path, step }) => ({ path, step }));
  }

  async #save(step: number, bytes: Uint8Array): Promise<string> {
    const path = join(this.path, `checkpoint-${String(step).padStart(9, "0")}.safetensors`);
    try {
      await writeDurably(path, bytes, this.#files);
    } catch (cause) {
      if (!(cause instanceof StorageError)) throw cause;
      const { where, problem } = cause;
      throw new StorageError({ where, problem, hint: await this.#lastKept() }, { cause });
    }
    await this.#prune(path);
    return path;
  }

  async #lastKept(): Promise<string> {
    const last = await this.latest().catch(() => undefined);
    return last
      ? `the last checkpoint is intact: ${last.path}, step ${last.step}`
      : "there is no checkpoint yet";
  }

  /** @param written stays, whatever the clock says */
  async #prune(written: string): Promise<void> {
    const others = (await this.list()).filter(({ path }) => path !== written);
    // One that stays too long does no harm.
    for (const { path } of others.slice(this.#keep - 1))
      await this.#files.remove(path).catch(() => undefined);
  }

  async #clean(): Promise<void> {
    for (const name of await readdir(this.path)) {
      const pid = Number(temporaryPattern.exec(name)?.[1] ?? Number.NaN);
      if (Number.isNaN(pid) || isRunning(pid)) continue;
      await rm(join(this.path, name), { force: true }).catch(() => undefined);
    }
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
