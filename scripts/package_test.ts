/**
 * Installs the tarball into an empty project and does what users do: every example, types, the pages in a real Chromium. Wants
 * the package to be built.
 *   npm run test:package
 */
import { execFileSync } from "node:child_process";
import { launchChromium } from "../test/browser/chromium.ts";
import { checks } from "./package/checks.ts";
import { Consumer } from "./package/consumer.ts";

let passed = 0;
let failed = 0;

/** Runs one check and says how it went. */
async function check(name: string, work: () => Promise<string> | string): Promise<void> {
  const begun = performance.now();
  const seconds = () => `${((performance.now() - begun) / 1000).toFixed(1)} s`;
  try {
    const shown = await work();
    passed++;
    console.log(`✓ ${name} (${seconds()}): ${shown}`);
  } catch (error) {
    failed++;
    console.log(`✗ ${name} (${seconds()}): ${error instanceof Error ? error.message : String(error)}`);
  }
}

const consumer = await Consumer.install();
const browser = await launchChromium();
try {
  await check("publint", () => tool("publint", [consumer.tarball, "--strict"]));
  await check("are the types wrong", () => tool("attw", [consumer.tarball, "--profile", "esm-only"]));
  for (const [name, work] of Object.entries(checks)) await check(name, () => work(consumer, browser));
} finally {
  await browser.close();
  consumer.remove();
}
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;

/** Runs a tool of the checkout, which ends with an error where something is wrong. */
function tool(name: string, args: readonly string[]): string {
  execFileSync("npx", ["--no-install", name, ...args], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
  });
  return "clean";
}
