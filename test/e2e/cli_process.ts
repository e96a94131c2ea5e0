import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const cli = resolve("dist/cli.js");

/** Builds the command line that the tests run. */
export function buildCommandLine(): void {
  const { status, stderr } = spawnSync(process.execPath, ["scripts/build.mjs", "--quiet"], {
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`the build failed:\n${stderr}`);
}

export interface Ended {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Milliseconds from the last output to the end of the process. */
  readonly lingered: number;
}

export interface RunOptions {
  readonly cwd: string;
  /** Sends SIGINT once stderr matches. */
  readonly interruptAt?: RegExp;
}

/** Runs the built command line to its end, on the adapter for tests unless the arguments name one. */
export function wgrad(args: readonly string[], { cwd, interruptAt }: RunOptions): Promise<Ended> {
  const chosen = process.env["WGRAD_ADAPTER"];
  const adapter = chosen && !args.includes("--adapter") ? ["--adapter", chosen] : [];
  const child = spawn(process.execPath, [cli, ...args, ...adapter], {
    cwd,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const text = { stdout: "", stderr: "" };
  let lastOutput = performance.now();
  let interrupted = false;
  for (const name of ["stdout", "stderr"] as const) {
    child[name].setEncoding("utf8").on("data", (chunk: string) => {
      text[name] += chunk;
      lastOutput = performance.now();
      if (interrupted || !interruptAt?.test(text.stderr)) return;
      interrupted = true;
      child.kill("SIGINT");
    });
  }
  return new Promise((done, reject) => {
    child.on("error", reject);
    child.on("exit", () => {
      const lingered = performance.now() - lastOutput;
      // The pipes may still hold what was written last.
      child.on("close", (exitCode) => done({ exitCode, ...text, lingered }));
    });
  });
}

/** A folder for a test's files, and how to remove it. */
export function temporaryFolder(): { path: string; remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), "wgrad-cli-"));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}
