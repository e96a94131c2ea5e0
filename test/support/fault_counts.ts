import { appendFileSync } from "node:fs";

/**
 * Says how many faults of a kind a test injected and how many of them were handled, for the table of
 * `npm run test:faults`. Files of tests that say nothing are counted by their tests.
 */
export function countFaults(kind: string, injected: number, handled: number): void {
  const path = process.env["WGRAD_FAULT_COUNTS"];
  if (path) appendFileSync(path, `${JSON.stringify({ kind, injected, handled })}\n`);
}
