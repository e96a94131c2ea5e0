/** Models start from the same bits in a real browser and in Node. */
import { describe, expect, it } from "vitest";
import { hasChromium } from "./chromium.ts";
import { initialBits } from "./initial_bits.ts";
import { openPage, serveEntry } from "./server.ts";
import { useChromium } from "./session.ts";

describe.skipIf(!hasChromium)("initializers in Chromium", () => {
  const chromium = useChromium();

  it("have the bits of Node", { timeout: 120_000 }, async ({ onTestFinished }) => {
    const served = await serveEntry("test/browser/initializers_page.ts");
    onTestFinished(() => served.close());
    const { page, problems } = await openPage(chromium(), served.url);
    const there: unknown = await page.evaluate("initialBits()");
    await page.close();
    expect(problems).toEqual([]);
    expect(there).toEqual(initialBits());
  });
});
