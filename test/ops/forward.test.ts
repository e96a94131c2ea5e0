import { afterAll, beforeAll, describe, it } from "vitest";
import { traitsOf } from "../../src/device/traits.ts";
import type { SuiteCase } from "../../src/validation/suite.ts";
import { forwardSuite } from "../../src/validation/suite.ts";
import { openTestDevice } from "../support/open.ts";

// Opened here, since the adapter decides which variants there are.
const device = await openTestDevice();
afterAll(() => device.dispose());

const suite = new Map<string, SuiteCase[]>();
for (const entry of forwardSuite(traitsOf(device)))
  suite.set(entry.op, [...(suite.get(entry.op) ?? []), entry]);

for (const [op, cases] of suite) {
  describe(op, () => {
    // Compiling an op's shaders takes most of the time, on slow adapters minutes.
    beforeAll(async () => {
      await Promise.all(cases.map((entry) => entry.prepare(device)));
    }, 300_000);
    for (const entry of cases)
      it(entry.name, ({ skip }) => {
        if (entry.leftOut !== null) skip(entry.leftOut);
        return entry.run(device);
      });
  });
}
