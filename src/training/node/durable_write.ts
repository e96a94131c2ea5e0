import { open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { StorageError } from "../../device/errors.ts";

/** An open file, as far as writing needs it. */
export interface WritableFile {
  writeFile(content: Uint8Array | string): Promise<void>;
  sync(): Promise<void>;
  close(): Promise<void>;
}

/** What writing asks of a file system; tests put one in that fails. */
export interface WritableFiles {
  open(path: string, flags: "w" | "r"): Promise<WritableFile>;
  rename(from: string, to: string): Promise<void>;
  remove(path: string): Promise<void>;
}

export const nodeFiles: WritableFiles = {
  open,
  rename,
  remove: (path) => rm(path, { force: true }),
};

/** The temporary files of a process end so. */
export const temporarySuffix = (pid: number): string => `.${pid}.tmp`;

/**
 * Writes a file so that after any end, of the process or of the machine, it is the old one or the new one: into a
 * temporary file beside it, which is synced and renamed; then the folder is synced.
 * @throws StorageError; the file is then as it was, and nothing is left over
 */
export async function writeDurably(
  path: string,
  content: Uint8Array | string,
  files: WritableFiles = nodeFiles,
): Promise<void> {
  const temporary = path + temporarySuffix(process.pid);
  try {
    await writeSynced(temporary, content, files);
    await files.rename(temporary, path);
  } catch (cause) {
    await files.remove(temporary).catch(() => undefined);
    const problem = `the file cannot be written: ${storageReason(cause)}`;
    throw new StorageError({ where: `write(${path})`, problem }, { cause });
  }
  await syncFolder(dirname(path), files);
}

async function writeSynced(path: string, content: Uint8Array | string, files: WritableFiles): Promise<void> {
  const file = await files.open(path, "w");
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** So that the new name outlives a power failure too. Not every system can; the file itself is written by then. */
async function syncFolder(path: string, files: WritableFiles): Promise<void> {
  try {
    const folder = await files.open(path, "r");
    try {
      await folder.sync();
    } finally {
      await folder.close();
    }
  } catch {
    // Windows opens no folders, and some network file systems sync none.
  }
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: "permission denied",
  EDQUOT: "the quota is used up",
  EEXIST: "there is a file of this name",
  EFBIG: "the file would be larger than this process may write",
  EIO: "the disk reports an error",
  EMFILE: "this process has too many open files",
  ENOENT: "there is no such file",
  ENOSPC: "the disk is full",
  ENOTDIR: "a part of the path is a file",
  EPERM: "permission denied",
  EROFS: "the file system is read-only",
};

/** What a file system's error means. */
export function storageReason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = "code" in error ? String(error.code) : "";
  return reasons[code] ?? error.message;
}
