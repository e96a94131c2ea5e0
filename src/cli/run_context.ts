import { mkdir, writeFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { dirname } from "node:path";
import { UsageError } from "../device/errors.ts";
import { versions } from "./versions.ts";

/** What a run was told that changes its figures. */
export interface RunFlags {
  /** Also, or only, without bounds checks in shaders. */
  readonly unchecked: boolean;
  /** Kernels chosen by measurements on this adapter. */
  readonly tuned: boolean;
}

/** What it takes to cite a stored run: when, with what, on how many processors, and how. */
export function benchContext({ unchecked, tuned }: RunFlags, date = new Date()) {
  return { ...runContext(date), flags: { unchecked, tuned } };
}

/** The same of a run that no flag changes. */
export function runContext(date = new Date()) {
  return { date: date.toISOString(), versions: versions(), cpus: availableParallelism() };
}

/**
 * Writes a file, with its folder.
 * @param where the command and the option that named it, such as `bench(--out)`
 * @throws UsageError where that cannot be
 */
export async function writeReport(where: string, path: string, text: string): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
  } catch (cause) {
    throw new UsageError({ where, problem: "cannot be written", got: path }, { cause });
  }
}

export const jsonText = (document: object): string => `${JSON.stringify(document, null, 2)}\n`;

/** @throws UsageError where it is no regular expression */
export function patternOf(where: string, pattern = ""): RegExp {
  try {
    return new RegExp(pattern, "i");
  } catch (cause) {
    const expected = "a regular expression";
    throw new UsageError({ where, problem: "wrong pattern", got: pattern, expected }, { cause });
  }
}
