import { fork } from "node:child_process";
import { once } from "node:events";
import { type ExitCode, exitCodes } from "./options.ts";
import type { Output } from "./output.ts";

/** How a guarded process ended: by an exit code, or by a signal, which for native code means a crash. */
export type Ending = { readonly code: number } | { readonly signal: string };

const guarded = "WGRAD_BENCH_GUARDED";

/** True in the process that `runGuarded` started. It ends with the one that waits for it, however that ends. */
export function isGuarded(): boolean {
  if (process.env[guarded] === undefined || !process.channel) return false;
  process.once("disconnect", () => process.exit());
  process.channel.unref();
  return true;
}

/** Tells the process that waits, if any, that the results are written: what crashes later, at the end, loses nothing. */
export function tellWritten(code: ExitCode): ExitCode {
  if (process.env[guarded] !== undefined) process.send?.(code);
  return code;
}

/**
 * Runs a script in a process of its own that has our standard streams, so that a crash of foreign native code in it is
 * not ours. An interrupt is handed on.
 */
export async function runGuarded(script: string, args: readonly string[]): Promise<Ending> {
  const child = fork(script, args, { stdio: "inherit", env: { ...process.env, [guarded]: "1" } });
  // Ctrl-C reaches both from the terminal; this process waits for the other's answer.
  const wait = () => {};
  const stop = () => child.kill("SIGTERM");
  process.on("SIGINT", wait).on("SIGTERM", stop);
  let written: number | null = null;
  child.on("message", (code) => {
    if (typeof code === "number") written = code;
  });
  try {
    // Its last message may come after the news of its end, and before that of the channel's.
    await Promise.all([once(child, "exit"), once(child, "disconnect")]);
  } finally {
    process.off("SIGINT", wait).off("SIGTERM", stop);
  }
  const code = written ?? child.exitCode;
  return code === null ? { signal: child.signalCode ?? "no exit code" } : { code };
}

const interrupts: ReadonlySet<string> = new Set(["SIGINT", "SIGTERM", "SIGHUP"]);

/**
 * Runs this very command guarded: its peers bring native work that nobody tested with ours.
 * @returns the command's exit code, or in words how it crashed: then this process goes on, without the peers
 */
export async function runCommandGuarded(output: Output): Promise<ExitCode | { readonly crash: string }> {
  const [, script = "", ...args] = process.argv;
  const ending = await runGuarded(script, args);
  if ("code" in ending)
    return Object.values(exitCodes).find((code) => code === ending.code) ?? exitCodes.failed;
  if (interrupts.has(ending.signal)) return exitCodes.interrupted;
  const crash = `the process that ran the peers crashed (${ending.signal})`;
  output.notice(`bench: ${crash}; measuring again without them`);
  return { crash };
}
