import { WgradError } from "./errors.ts";
import { typedError } from "./failure.ts";

// Out of memory first to be popped: it explains a validation error that follows from it.
const FILTERS = ["internal", "validation", "out-of-memory"] as const;

/**
 * Runs body inside error scopes and rejects with what they caught. Scopes are one stack a device, so they are popped
 * before anything is awaited: only body's synchronous part is covered, and concurrent calls cannot interleave.
 */
export async function inScopes<T>(gpu: GPUDevice, where: string, body: () => T | Promise<T>): Promise<T> {
  for (const filter of FILTERS) gpu.pushErrorScope(filter);
  const run = settle(body);
  const pops = FILTERS.map(() => gpu.popErrorScope());
  const [outcome, ...caught] = await Promise.all([run, ...pops]);
  if ("error" in outcome && outcome.error instanceof WgradError) throw outcome.error;
  const first = caught.find((error) => error !== null);
  if (first) throw typedError(where, first);
  if ("error" in outcome) throw outcome.error;
  return outcome.value;
}

type Outcome<T> = { readonly value: T } | { readonly error: unknown };

/** Calls body at once; what it throws or rejects with becomes a value. */
async function settle<T>(body: () => T | Promise<T>): Promise<Outcome<T>> {
  try {
    return { value: await body() };
  } catch (error) {
    return { error };
  }
}
