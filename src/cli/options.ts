import { NoAdapterError, UsageError, WgradError } from "../device/errors.ts";

/** What every command takes. */
export interface GlobalOptions {
  readonly adapter?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** How a command ends: part of the public interface, see docs/cli.md. */
export const exitCodes = { done: 0, failed: 1, usage: 2, noAdapter: 3, interrupted: 130 } as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** A user's interrupt; its message says how to go on. */
export class InterruptedError extends WgradError {
  override readonly name: string = "InterruptedError";
}

/** The exit code that tells of an error. */
export function exitCodeOf(error: unknown): ExitCode {
  if (error instanceof NoAdapterError) return exitCodes.noAdapter;
  if (error instanceof UsageError) return exitCodes.usage;
  if (error instanceof InterruptedError) return exitCodes.interrupted;
  return exitCodes.failed;
}
