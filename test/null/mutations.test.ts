/** What mutations change is still there: a shader that moved on must take its mutations along. */
import { expect, it } from "vitest";
import { mutations } from "../../scripts/mutations/mutations.ts";

it("finds what each mutation breaks, and mends it", () => {
  for (const mutation of mutations) {
    const mend = mutation.apply();
    mend();
    // A second time: it was mended.
    mutation.apply()();
  }
  expect(mutations.length).toBeGreaterThanOrEqual(40);
  expect(new Set(mutations.map(({ name }) => name)).size).toBe(mutations.length);
});
