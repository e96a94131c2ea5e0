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
export function runContext({ unchecked, tuned }: RunFlags, date = new Date()) {
  return {
    date: date.toISOString(),
    versions: versions(),
    cpus: availableParallelism(),
    flags: { unchecked, tuned },
  };
}

/**
 * Writes a file, with its folder.
 * @param option that named it, for the message
 * @throws UsageError where that cannot be
 */
export async function writeReport(option: string, path: string, text: string): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
  } catch (cause) {
    throw new UsageError({ where: `bench(${option})`, problem: "cannot be written", got: path }, { cause });
  }
}

export const jsonText = (document: object): string => `${JSON.stringify(document, null, 2)}\n`;

/** @throws UsageError where it is no regular expression */
export function patternOf(pattern = ""): RegExp {
  try {
    return new RegExp(pattern, "i");
  } catch (cause) {
    const expected = "a regular expression";
    throw new UsageError({ where: "bench", problem: "wrong pattern", got: pattern, expected }, { cause });
  }
}
