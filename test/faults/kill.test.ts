import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { countFaults } from "../support/fault_counts.ts";

const total = 100;
let root: string;
let straight: Run;
let injected = 0;
let handled = 0;

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), "wgrad-kill-"));
  straight = await train("straight", ["never"]);
});
afterAll(() => {
  rmSync(root, { recursive: true, force: true });
  countFaults("kill -9", injected, handled);
});

interface Run {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  /** The step it went on from. */
  readonly from: number;
  readonly stderr: string;
}

/** Trains in a process of its own, which is killed once it says that it hangs where it was told to. */
function train(name: string, stall: readonly string[] = []): Promise<Run> {
  const args = [
    "scripts/run.mjs",
    "test/support/killed_training.ts",
    join(root, name),
    String(total),
    ...stall,
  ];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "pipe"] });
  let text = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
    text += chunk;
    if (text.includes("stalled")) child.kill("SIGKILL");
  });
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
    stderr += chunk;
  });
  return new Promise((done, reject) => {
    child.on("error", reject);
    child.on("close", (exitCode, signal) =>
      done({ exitCode, signal, from: Number(/from (\d+)/.exec(text)?.[1]), stderr }),
    );
  });
}

/** The losses by step, as they were first written; those of steps done again have to be the same. */
function lossesOf(name: string): Map<number, string> {
  const losses = new Map<number, string>();
  for (const line of readFileSync(join(root, name, "losses.txt"), "utf8")
    .trimEnd()
    .split("\n")) {
    const [step = "", loss = ""] = line.split(" ");
    expect(losses.get(Number(step)) ?? loss).toBe(loss);
    losses.set(Number(step), loss);
  }
  return losses;
}

/** Killed at each of these places in turn, the training ends as the one that was not. */
async function expectSame(name: string, stalls: readonly (readonly [string, string])[]): Promise<number[]> {
  const from: number[] = [];
  for (const stall of stalls) {
    injected++;
    const killed = await train(name, stall);
    expect(killed.signal, killed.stderr).toBe("SIGKILL");
    from.push(killed.from);
  }
  const last = await train(name);
  expect(last.exitCode, last.stderr).toBe(0);
  expect(lossesOf(name)).toEqual(lossesOf("straight"));
  const model = (run: string) => readFileSync(join(root, run, "model.safetensors"));
  expect(model(name).equals(model("straight"))).toBe(true);
  expect(readdirSync(join(root, name)).filter((file) => file.endsWith(".tmp"))).toEqual([]);
  handled += stalls.length;
  return [...from, last.from];
}

describe("a training that is killed", () => {
  test("not at all: the run that the others are compared with", () => {
    expect(straight.exitCode, straight.stderr).toBe(0);
    const losses = lossesOf("straight");
    expect(losses.size).toBe(total);
    expect([...losses.values()].every((loss) => Number.isFinite(Number(loss)))).toBe(true);
  });

  test("among its steps: what it did since the last checkpoint is done again, bit for bit", async () => {
    expect(await expectSame("steps", [["step", "53"]])).toEqual([0, 50]);
  });

  test("while it writes a checkpoint: goes on from the one before, or from the new one once it has its name", async () => {
    const stalls = [
      ["write", "30"],
      ["sync", "50"],
      ["rename", "70"],
      ["renamed", "90"],
    ] as const;
    expect(await expectSame("writes", stalls)).toEqual([0, 20, 40, 60, 90]);
  });
});
