/** The op suite once more, in a real browser. */
import { describe, expect, it } from "vitest";
import { hasChromium } from "./chromium.ts";
import type { SuiteReport } from "./op_suite_page.ts";
import { openPage, serveEntry } from "./server.ts";
import { useChromium } from "./session.ts";

describe.skipIf(!hasChromium)("the op suite in Chromium", () => {
  const chromium = useChromium();

  it("passes on the browser's software adapter", { timeout: 600_000 }, async ({ onTestFinished }) => {
    const served = await serveEntry("test/browser/op_suite_page.ts");
    onTestFinished(() => served.close());
    const { page, problems } = await openPage(chromium(), served.url, { print: console.log });
    const report = (await page.evaluate("runOpSuite()")) as SuiteReport;
    console.log(`${report.count} op cases in Chromium ${chromium().version()} on ${report.adapter}`);
    expect(report.failures.map(({ name, message }) => `${name}\n${message}`)).toEqual([]);
    expect(problems).toEqual([]);
    expect(report.count).toBeGreaterThan(0);
  });
});
