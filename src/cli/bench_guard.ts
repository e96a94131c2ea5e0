import { fork } from "node:child_process";
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

/**
 * Runs a script in a process of its own that has our standard streams, so that a crash of foreign native code in it is
 * not ours. An interrupt is handed on.
 */
export function runGuarded(script: string, args: readonly string[]): Promise<Ending> {
  const child = fork(script, args, { stdio: "inherit", env: { ...process.env, [guarded]: "1" } });
  // Ctrl-C reaches both from the terminal; this process waits for the other's answer.
  const wait = () => {};
  const stop = () => child.kill("SIGTERM");
  process.on("SIGINT", wait).on("SIGTERM", stop);
  return new Promise<Ending>((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code, signal) => resolve(signal === null ? { code: code ?? 1 } : { signal }));
  }).finally(() => process.off("SIGINT", wait).off("SIGTERM", stop));
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
