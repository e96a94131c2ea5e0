import type { GlobalOptions } from "./options.ts";

/** What every command on records takes. */
export interface RunsOptions extends GlobalOptions {
  /** The folder of runs. */
  readonly runs: string;
}

export const exportFormats = ["csv", "json", "tensorboard"] as const;

export type ExportFormat = (typeof exportFormats)[number];
