/** The op suite once more, in a real browser. */
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Served } from "../../src/cli/lab.ts";
import { hasChromium, launchChromium } from "./chromium.ts";
import type { SuiteReport } from "./op_suite_page.ts";
import { openPage, serveEntry } from "./server.ts";

describe.skipIf(!hasChromium)("the op suite in Chromium", () => {
  let browser: Browser | undefined;
  let served: Served | undefined;
  beforeAll(async () => {
    browser = await launchChromium();
    served = await serveEntry("test/browser/op_suite_page.ts");
  });
  afterAll(async () => {
    await browser?.close();
    await served?.close();
  });

  it("passes on the browser's software adapter", { timeout: 600_000 }, async () => {
    if (!browser || !served) throw new Error("there is no browser");
    const { page, problems } = await openPage(browser, served.url, { print: console.log });
    const report = (await page.evaluate("runOpSuite()")) as SuiteReport;
    console.log(`${report.count} op cases in Chromium ${browser.version()} on ${report.adapter}`);
    expect(report.failures.map(({ name, message }) => `${name}\n${message}`)).toEqual([]);
    expect(problems).toEqual([]);
    expect(report.count).toBeGreaterThan(0);
  });
});
