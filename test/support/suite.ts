import { afterAll, beforeAll, describe, it } from "vitest";
import type { CheckItem } from "../../src/validation/outcome.ts";
import { expectRight } from "../../src/validation/outcome.ts";
import type { Workbench } from "../../src/validation/workbench.ts";

/** A test for each item, an op at a time; what turns out to have nothing to check is skipped and says so. */
export function testItems(items: Iterable<CheckItem>, bench: Workbench): void {
  const suite = new Map<string, CheckItem[]>();
  for (const item of items) suite.set(item.op, [...(suite.get(item.op) ?? []), item]);
  afterAll(() => bench.engine.dispose());
  for (const [op, own] of suite) {
    describe(op, () => {
      // Compiling an op's shaders takes most of the time, on slow adapters minutes.
      beforeAll(async () => {
        await Promise.all(own.map((item) => item.prepare(bench)));
      }, 300_000);
      for (const item of own)
        it(item.name, async ({ skip }) => {
          const outcome = await expectRight(item, bench);
          if ("skipped" in outcome) skip(outcome.skipped);
        });
    });
  }
}
