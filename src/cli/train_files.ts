import { access, constants, mkdir, readFile, rename, rmdir, stat, unlink, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { UsageError } from "../device/errors.ts";

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
          problem: `the folder cannot be written: ${reason(error)}`,
          got: path,
          hint: "name another one with --out",
        },
        { cause: error },
      );
    }
  }

  /** Writes a file whole or not at all, and gives its path. */
  async write(name: string, content: Uint8Array | string): Promise<string> {
    const path = join(this.path, name);
    const temporary = `${path}.${process.pid}.tmp`;
    await writeFile(temporary, content);
    await rename(temporary, path);
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

/** Where runs and their records go, unless told otherwise. */
export const runsFolder = "runs";

/** `runs/mnist-cnn-20260131-093000`, in local time. */
export function defaultFolder(recipe: string, now: Date): string {
  const two = (value: number): string => String(value).padStart(2, "0");
  const date = `${now.getFullYear()}${two(now.getMonth() + 1)}${two(now.getDate())}`;
  const time = `${two(now.getHours())}${two(now.getMinutes())}${two(now.getSeconds())}`;
  return join(runsFolder, `${recipe}-${date}-${time}`);
}

/** A checkpoint's bytes. @throws UsageError where the file cannot be read */
export async function readCheckpoint(path: string): Promise<Uint8Array<ArrayBuffer>> {
  try {
    if ((await stat(path)).isDirectory()) throw new Error("it is a folder");
    return new Uint8Array(await readFile(path));
  } catch (error) {
    const problem = `the checkpoint cannot be read: ${reason(error)}`;
    throw new UsageError({ where: "train(--resume)", problem, got: path }, { cause: error });
  }
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: "permission denied",
  EEXIST: "there is a file of this name",
  ENOENT: "there is no such file",
  ENOSPC: "the disk is full",
  ENOTDIR: "a part of the path is a file",
  EPERM: "permission denied",
  EROFS: "the file system is read-only",
};

function reason(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return (code !== undefined && REASONS[code]) || message;
}
