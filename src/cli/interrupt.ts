import { exitCodes } from "./options.ts";

const SIGNALS = ["SIGINT", "SIGTERM"] as const;

/**
 * Turns the first Ctrl-C into an abort signal; the second ends the process at once.
 * @param onFirst tells that the first one was heard
 * @returns the signal, and a function that gives Ctrl-C its usual meaning back
 */
export function catchInterrupts(onFirst: () => void): { signal: AbortSignal; release: () => void } {
  const controller = new AbortController();
  const onSignal = (): void => {
    if (controller.signal.aborted) process.exit(exitCodes.interrupted);
    controller.abort();
    onFirst();
  };
  for (const name of SIGNALS) process.on(name, onSignal);
  const release = (): void => {
    for (const name of SIGNALS) process.off(name, onSignal);
  };
  return { signal: controller.signal, release };
}
