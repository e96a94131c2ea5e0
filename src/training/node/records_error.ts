import { WgradError } from "../../device/errors.ts";

/** Records of runs that cannot be read or written: no SQLite here, a foreign or newer file, a full disk. */
export class RecordsError extends WgradError {
  override readonly name: string = "RecordsError";
}

/** What SQLite or the system said, in words. */
export function reasonOf(error: unknown): string {
  if (error instanceof RecordsError) return error.problem;
  const code = codeOf(error);
  const message = error instanceof Error ? error.message : String(error);
  if (code !== undefined) return reasons[code] ?? message;
  return /unable to open|ConnectionFailed/i.test(message) ? "the file cannot be opened" : message;
}

export function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("code" in error)) return undefined;
  return typeof error.code === "string" ? error.code : undefined;
}

/** SQLite's codes and the system's. */
const reasons: Readonly<Record<string, string>> = {
  SQLITE_BUSY: "another process kept it locked",
  SQLITE_FULL: "the disk is full",
  SQLITE_READONLY: "the file or its folder is read-only",
  SQLITE_READONLY_DIRECTORY: "the folder is read-only",
  SQLITE_READONLY_DBMOVED: "the file was moved or deleted meanwhile",
  SQLITE_NOTADB: "the file is no SQLite database",
  SQLITE_CORRUPT: "the database is damaged",
  SQLITE_CANTOPEN: "the file cannot be opened",
  EACCES: "permission denied",
  EEXIST: "there is a file of this name",
  ENOSPC: "the disk is full",
  ENOTDIR: "a part of the path is a file",
  EPERM: "permission denied",
  EROFS: "the file system is read-only",
};
