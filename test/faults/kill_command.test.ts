import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { buildCommandLine, temporaryFolder, wgrad } from "../e2e/cli_process.ts";
import { countFaults } from "../support/fault_counts.ts";

const folder = temporaryFolder();
const cwd = folder.path;
const recipe = [
  "train",
  "mnist-mlp",
  "--limit",
  "400",
  "--batch",
  "20",
  "--optimizer",
  "adam",
  "--json",
  "--losses",
];

beforeAll(buildCommandLine);
afterAll(folder.remove);

const model = (run: string): Buffer => readFileSync(join(cwd, run, "model.safetensors"));
const lossesOf = (stdout: string): number[] => JSON.parse(stdout).losses;

/** Trains until the second checkpoint is written, and kills the process there. */
function killed(args: readonly string[]): Promise<NodeJS.Signals | null> {
  const adapter = process.env["WGRAD_ADAPTER"];
  const own = adapter === undefined ? [] : ["--adapter", adapter];
  const child = spawn(process.execPath, [resolve("dist/cli.js"), ...args, ...own], { cwd, stdio: "ignore" });
  const look = setInterval(() => {
    try {
      readFileSync(join(cwd, "killed/checkpoints/checkpoint-000000050.safetensors"));
      child.kill("SIGKILL");
    } catch {
      // Not there yet.
    }
  }, 5);
  return new Promise((done) => {
    child.on("exit", (_, signal) => {
      clearInterval(look);
      done(signal);
    });
  });
}

test("a training that kill -9 ends goes on from its last checkpoint to the same bits", async () => {
  const straight = await wgrad([...recipe, "--steps", "400", "--out", "straight"], { cwd });
  expect(straight.exitCode).toBe(0);
  const steps = ["--steps", "400", "--checkpoint-every", "25"];
  expect(await killed([...recipe, ...steps, "--out", "killed"])).toBe("SIGKILL");
  const resumed = await wgrad(["train", "--resume", "killed", "--out", "resumed", "--json", "--losses"], {
    cwd,
  });
  expect(resumed.stderr).not.toContain("Error");
  expect(resumed.exitCode).toBe(0);
  const later = lossesOf(resumed.stdout);
  expect(later.length).toBeLessThan(351);
  expect(later).toEqual(lossesOf(straight.stdout).slice(-later.length));
  expect(model("resumed").equals(model("straight"))).toBe(true);
  countFaults("kill -9", 1, 1);
}, 120_000);
