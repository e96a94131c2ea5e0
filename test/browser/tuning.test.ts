/** Tuning in a real browser, which keeps it in IndexedDB. */
import { describe, expect, it } from "vitest";
import { hasChromium } from "./chromium.ts";
import { openPage, serveEntry } from "./server.ts";
import { useChromium } from "./session.ts";
import type { TuningCourse } from "./tuning_page.ts";

describe.skipIf(!hasChromium)("tuning in Chromium", () => {
  const chromium = useChromium();

  it("is stored and found again", { timeout: 300_000 }, async ({ onTestFinished }) => {
    const served = await serveEntry("test/browser/tuning_page.ts");
    onTestFinished(() => served.close());
    const { page, problems } = await openPage(chromium(), served.url, { print: console.log });
    const { measured, notices, tables } = (await page.evaluate("runTuning()")) as TuningCourse;
    expect(problems).toEqual([]);
    expect(measured).toBe(1);
    expect(notices).toEqual([null, null]);
    expect(tables[1]).toBe(tables[0]);
    expect(JSON.parse(tables[1] ?? "").entries).not.toEqual({});
  });
});
