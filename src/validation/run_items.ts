import { DeviceLostError } from "../device/errors.ts";
import type { CheckItem, CheckLabel, Outcome } from "./outcome.ts";
import { labelOf } from "./outcome.ts";
import type { Workbench } from "./workbench.ts";

/** An item and what came of it. */
export interface CheckResult {
  readonly item: CheckLabel;
  /** Null where it was not checked, and where it could not be done. */
  readonly outcome: Outcome | null;
  /** Why it was not checked: a feature that is missing. */
  readonly skipped: string | null;
  /** Why it could not be done: a shader that does not compile, a case that cannot be set up. */
  readonly error: string | null;
}

export interface RunItemsOptions {
  /** No further item is started once it is aborted. */
  readonly signal?: AbortSignal;
  onResult?(result: CheckResult, done: number): void;
}

/** Items under way at once: while the GPU works on some, the next one's reference is computed. */
const concurrent = 4;

/**
 * Checks item after item, an op at a time. Groups are taken off the map when their turn comes: items hold their inputs
 * and expected results, and a whole catalogue of them would not fit in memory.
 * @returns a result for each item, in the order in which they ended; fewer where it was aborted
 * @throws DeviceLostError where the device is gone: nothing after that would mean anything
 */
export async function runItems(
  bench: Workbench,
  groups: Map<string, readonly CheckItem[]>,
  { signal, onResult }: RunItemsOptions = {},
): Promise<CheckResult[]> {
  const results: CheckResult[] = [];
  for (const [op, group] of groups) {
    if (signal?.aborted) break;
    groups.delete(op);
    await Promise.all(group.map((item) => item.prepare(bench)));
    const waiting = group.values();
    const worker = async () => {
      for (const item of waiting) {
        if (signal?.aborted) return;
        const result = await runItem(bench, item);
        results.push(result);
        onResult?.(result, results.length);
      }
    };
    await Promise.all(Array.from({ length: concurrent }, worker));
  }
  return results;
}

async function runItem(bench: Workbench, item: CheckItem): Promise<CheckResult> {
  const nothing = { item: labelOf(item), outcome: null, skipped: null, error: null };
  try {
    const found = await item.check(bench);
    return "skipped" in found ? { ...nothing, skipped: found.skipped } : { ...nothing, outcome: found };
  } catch (error) {
    if (error instanceof DeviceLostError) throw error;
    return { ...nothing, error: error instanceof Error ? error.message : String(error) };
  }
}

/** Whether it is wrong or could not be done. */
export const hasFailed = ({ outcome, error }: CheckResult): boolean =>
  error !== null || (outcome?.failures.length ?? 0) > 0;
