import { existsSync } from "node:fs";
import { access, constants, mkdir, readFile, rmdir, stat, unlink } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { StorageError, UsageError } from "../device/errors.ts";
import { CheckpointFolder } from "../training/node/checkpoint_folder.ts";
import { storageReason, writeDurably } from "../training/node/durable_write.ts";

/** Where a run's results go. */
export class RunFolder {
  /** As it was named. */
  readonly path: string;
  /** The topmost folder that was made for it, or undefined where it was there. */
  readonly #made: string | undefined;

  private constructor(path: string, made: string | undefined) {
    this.path = path;
    this.#made = made;
  }

  /** Makes the folder and writes into it, so that a run does not end with nowhere to go. @throws UsageError */
  static async open(path: string): Promise<RunFolder> {
    try {
      const folder = new RunFolder(path, await mkdir(path, { recursive: true }));
      await access(path, constants.W_OK | constants.X_OK);
      await folder.write(".wgrad", "");
      await unlink(join(path, ".wgrad"));
      return folder;
    } catch (error) {
      throw new UsageError(
        {
          where: "train(--out)",
          problem: `the folder cannot be written: ${storageReason(error)}`,
          got: path,
          hint: "name another one with --out",
        },
        { cause: error },
      );
    }
  }

  /** Writes a file whole or not at all, whatever happens, and gives its path. @throws StorageError */
  async write(name: string, content: Uint8Array | string): Promise<string> {
    const path = join(this.path, name);
    await writeDurably(path, content);
    return path;
  }

  /** Takes away again what was made for a run that left nothing. */
  async removeIfEmpty(): Promise<void> {
    if (this.#made === undefined) return;
    const top = resolve(this.#made);
    let folder = resolve(this.path);
    try {
      while (folder.length >= top.length) {
        await rmdir(folder);
        folder = dirname(folder);
      }
    } catch {
      // Not empty: it is used.
    }
  }
}

/** Of a run's folder. */
export const checkpointsFolder = "checkpoints";

/** Where runs and their records go, unless told otherwise. */
export const runsFolder = "runs";

/** `runs/mnist-cnn-20260131-093000`, in local time. */
export function defaultFolder(recipe: string, now: Date): string {
  const two = (value: number): string => String(value).padStart(2, "0");
  const date = `${now.getFullYear()}${two(now.getMonth() + 1)}${two(now.getDate())}`;
  const time = `${two(now.getHours())}${two(now.getMinutes())}${two(now.getSeconds())}`;
  return join(runsFolder, `${recipe}-${date}-${time}`);
}

/**
 * A checkpoint's bytes.
 * @param path of a file, or of a folder whose newest whole checkpoint is meant
 * @param notice told what was passed over in a folder
 * @throws UsageError where there is none or it cannot be read
 */
export async function readCheckpoint(
  path: string,
  notice?: (text: string) => void,
): Promise<Uint8Array<ArrayBuffer>> {
  const where = "train(--resume)";
  try {
    if (!(await stat(path)).isDirectory()) return new Uint8Array(await readFile(path));
    for (const folder of [join(path, checkpointsFolder), path]) {
      if (!existsSync(folder)) continue;
      const found = await (await CheckpointFolder.open(folder, { notice })).latest();
      if (found) return found.bytes;
    }
  } catch (error) {
    const told = error instanceof StorageError ? error.problem : storageReason(error);
    const problem = `the checkpoint cannot be read: ${told}`;
    throw new UsageError({ where, problem, got: path }, { cause: error });
  }
  throw new UsageError({ where, problem: "the folder has no whole checkpoint", got: path });
}
