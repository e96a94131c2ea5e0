/** The web page as a user meets it. */
import { rm } from "node:fs/promises";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { mnistFolder, serveFolders, serveLab } from "../../src/cli/lab.ts";
import { hasChromium } from "./chromium.ts";
import { buildLab } from "./lab_page.ts";
import { openPage } from "./server.ts";
import { useChromium } from "./session.ts";

describe.skipIf(!hasChromium)("the lab", () => {
  const chromium = useChromium();

  it("trains between Start and Pause", { timeout: 400_000 }, async ({ onTestFinished }) => {
    const { url } = await serve(onTestFinished);
    const { page, problems } = await openPage(chromium(), url);
    await page.getByText("This is a software adapter").waitFor();
    expect(await page.locator("#adapter").textContent()).toContain("swiftshader");

    await page.getByRole("button", { name: "Start" }).click();
    await reaches(page, 6);
    expect(await number(page, "#loss")).toBeGreaterThan(0);
    expect(await number(page, "#accuracy")).toBeGreaterThan(0);
    expect(await number(page, "#speed")).toBeGreaterThan(0);
    expect(await page.locator("#status").textContent()).toBe("Training, epoch 1 of 5");

    await page.getByRole("button", { name: "Pause" }).click();
    await page.getByRole("button", { name: "Resume" }).waitFor();
    const paused = await number(page, "#step");
    await page.waitForTimeout(500);
    expect(await number(page, "#step")).toBe(paused);

    await page.getByRole("button", { name: "Resume" }).click();
    await reaches(page, paused + 10);
    const label = await page.locator("#chart").getAttribute("aria-label");
    expect(label).toMatch(/^Loss against step: from \d+\.\d+ to \d\.\d+ at step \d+$/);
    const screenshot = join(tmpdir(), `wgrad-lab-${userInfo().username}.png`);
    await page.screenshot({ path: screenshot, fullPage: true });
    console.log(`the page at step ${await number(page, "#step")}: ${screenshot}`);
    expect(problems).toEqual([]);
  });

  it("fits a phone, and lives in any folder of a site", async ({ onTestFinished }) => {
    const url = `${(await serve(onTestFinished, "/some/folder/")).url}some/folder/`;
    const { page, problems } = await openPage(chromium(), url, { width: 320, height: 640, dark: true });
    await page.getByRole("button", { name: "Start" }).click();
    await reaches(page, 1);
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(320);
    expect(problems).toEqual([]);
  });

  it("says which browsers work where there is no WebGPU", async ({ onTestFinished }) => {
    const { url } = await serve(onTestFinished);
    const hidden = "Object.defineProperty(Navigator.prototype, 'gpu', { get: () => undefined });";
    const { page, problems } = await openPage(chromium(), url, { before: hidden });
    await page.getByRole("heading", { name: "No WebGPU here" }).waitFor();
    expect(await page.locator("#unsupported").textContent()).toContain("Chrome and Edge");
    expect(await page.getByRole("button", { name: "Start" }).isVisible()).toBe(false);
    expect(problems).toEqual([]);
  });

  it("says what is missing where there is no data", async ({ onTestFinished }) => {
    const { url } = await serve(onTestFinished);
    const { page } = await openPage(chromium(), url);
    await page.route("**/data/mnist/**", (route) => route.fulfill({ status: 404 }));
    await page.getByRole("button", { name: "Start" }).click();
    await page.getByText("the file cannot be fetched").waitFor();
    expect(await page.getByRole("button", { name: "Start" }).isEnabled()).toBe(true);
  });
});

/** Builds and serves the page for one test: as the command does, or below another path. */
async function serve(
  onTestFinished: (end: () => Promise<void>) => void,
  prefix = "/",
): Promise<{ url: string }> {
  const folder = await buildLab();
  const served = await (prefix === "/"
    ? serveLab({ folder })
    : serveFolders([
        { prefix: `${prefix}data/mnist/`, folder: mnistFolder() },
        { prefix, folder },
      ]));
  onTestFinished(async () => {
    await served.close();
    await rm(folder, { recursive: true, force: true });
  });
  return served;
}

/** A number that the page shows. */
async function number(page: Page, selector: string): Promise<number> {
  const text = (await page.locator(selector).textContent()) ?? "";
  return Number(text.replace(/[,% ]/g, ""));
}

/** Waits until that many steps are done. */
async function reaches(page: Page, steps: number): Promise<void> {
  const shown = "Number(document.getElementById('step').textContent.replaceAll(',', ''))";
  await page.waitForFunction(`${shown} >= ${steps}`, undefined, { timeout: 100_000 });
}
