import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { activationNames } from "../../src/nn/activation_named.ts";
import { optimizerNames } from "../../src/optim/names.ts";
import { recipes } from "../../src/training/recipes.ts";
import { buildCommandLine, temporaryFolder, wgrad } from "./cli_process.ts";

const folder = temporaryFolder();
const cwd = folder.path;
const run = (args: readonly string[], interruptAt?: RegExp) =>
  wgrad(args, interruptAt ? { cwd, interruptAt } : { cwd });

/** How long a process may take to end once all is said. */
const PATIENCE = 2000;

beforeAll(buildCommandLine);
afterAll(folder.remove);

describe("usage", () => {
  it("prints help with every command and every name that train knows", async () => {
    const general = await run(["--help"]);
    expect(general).toMatchObject({ exitCode: 0, stderr: "" });
    for (const word of ["info", "train", "bench", "lab", "--adapter", "--json", "--quiet"])
      expect(general.stdout).toContain(word);
    const train = await run(["train", "--help"]);
    const names = [...recipes.map(({ name }) => name), ...activationNames, ...optimizerNames];
    for (const name of names) expect(train.stdout).toContain(name);
  });

  it.each([
    [["trian"], "did you mean train?"],
    [["train", "--stesp", "3"], "did you mean --steps?"],
    [["train", "--steps", "0"], "an integer of at least 1"],
    [["train", "mnist-ccn"], "mnist-cnn"],
    [["train", "--optimizer", "adma"], "did you mean adam"],
    [["train", "--schedule", "cosin"], "did you mean cosine"],
    [["train", "--activation", "rleu"], "did you mean elu or relu?"],
    [["train", "--steps", "1", "--epochs", "1"], "exclude each other"],
    [["train", "--resume", "nowhere"], "no such file"],
    [["bench", "("], "a regular expression"],
    [["bench", "--profile", "mnist"], "mnist-cnn, mnist-mlp, step/mlp-sgd"],
    [["bench", "--profile", "step/tiny", "--variants"], "cannot be used with"],
    [["bench", "--profile", "step/tiny", "--html", "x"], "cannot be used with"],
    [["bench", "--profile", "step/tiny", "--tune"], "cannot be used with"],
    [["bench", "--scaling", "--against", "jax"], "cannot be used with"],
    [["bench", "--scaling", "width"], "matmul, batch, depth, parameters"],
    [["bench", "--against", "tfjs,torch"], "one or more of tfjs, jax"],
    [["bench", "--tune", "--untuned"], "exclude each other"],
    [["info", "--tuning"], "WGRAD_TUNING is off"],
  ])("refuses %j in one line", async (args, words) => {
    const { exitCode, stdout, stderr } = await run(args);
    expect({ exitCode, stdout, lines: stderr.trim().split("\n").length }).toEqual({
      exitCode: 2,
      stdout: "",
      lines: 1,
    });
    expect(stderr).toContain(words);
  });

  it("answers wrong usage with a document too", async () => {
    const { exitCode, stdout } = await run(["trian", "--json"]);
    expect(exitCode).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({ error: { name: "UsageError" } });
  });

  it("says what was tried where no adapter fits", async () => {
    const { exitCode, stderr } = await run(["train", "--adapter", "nonexistent"]);
    expect(exitCode).toBe(3);
    expect(stderr).toContain("no usable WebGPU adapter");
    expect(stderr).toContain("tried:\n");
    expect(readdirSync(cwd)).toEqual([]);
  });
});

describe("info", () => {
  it("gives adapter, limits, features and roofline, and ends", async () => {
    const { exitCode, stdout, lingered } = await run(["info", "--json"]);
    const document = JSON.parse(stdout);
    expect(exitCode).toBe(0);
    expect(Object.keys(document)).toEqual(["adapter", "limits", "features", "roofline"]);
    expect(Object.keys(document.adapter)).toEqual(["vendor", "architecture", "description", "software"]);
    expect(document.limits.maxStorageBuffersPerShaderStage).toBeGreaterThanOrEqual(8);
    expect(document.features).toBeInstanceOf(Array);
    expect(document.roofline.gflops).toBeGreaterThan(0.1);
    expect(document.roofline.gigabytesPerSecond).toBeGreaterThan(0.01);
    expect(lingered).toBeLessThan(PATIENCE);
  });
});

describe("bench", () => {
  it("times a training step once its losses are right", async () => {
    const { exitCode, stdout } = await run([
      ...["bench", "step/tiny", "--unchecked", "--json"],
      ...["--out", "kept/run.json", "--html", "kept/run.html"],
    ]);
    const { date, versions, cpus, flags, adapter, roofline, rows } = JSON.parse(stdout);
    expect(exitCode).toBe(0);
    expect(Object.keys(adapter)).toEqual(["vendor", "architecture", "description", "software"]);
    expect(Object.keys(roofline)).toEqual(["gflops", "gigabytesPerSecond"]);
    expect(flags).toEqual({ unchecked: true, tuned: false });
    expect(Object.keys(versions)).toEqual(["wgrad", "webgpu", "node"]);
    expect(cpus).toBeGreaterThan(0);
    expect(Date.now() - Date.parse(date)).toBeLessThan(60_000);
    expect(rows).toHaveLength(1);
    expect(rows[0].uncheckedMilliseconds.min).toBeGreaterThan(0);
    expect(JSON.parse(readFileSync(join(cwd, "kept/run.json"), "utf8"))).toEqual(JSON.parse(stdout));
    const page = readFileSync(join(cwd, "kept/run.html"), "utf8");
    for (const text of ["step/tiny", "Unchecked", date.slice(0, 10)]) expect(page).toContain(text);
    const [{ name, milliseconds, dispatches, peakBytes, shareOfRoofline }] = rows;
    expect(name).toBe("step/tiny");
    expect(milliseconds.min).toBeGreaterThan(0);
    expect(milliseconds.median).toBeLessThanOrEqual(milliseconds.max);
    for (const figure of [dispatches, peakBytes, shareOfRoofline]) expect(figure).toBeGreaterThan(0);
  });
});

describe("bench --scaling", () => {
  it("fits how the time grows", async () => {
    const { exitCode, stdout } = await run([
      "bench",
      "--scaling",
      "depth",
      "--json",
      "--html",
      "scaling.html",
    ]);
    expect(exitCode).toBe(0);
    const { flags, series } = JSON.parse(stdout);
    expect(flags).toEqual({ unchecked: false, tuned: false });
    expect(series).toHaveLength(1);
    expect(series[0]).toMatchObject({ name: "depth", order: 1, fit: { points: 4 } });
    const sizes = series[0].points.map(({ size }: { size: number }) => size);
    expect(sizes).toEqual([1, 2, 4, 8, 16, 32, 64]);
    expect(readFileSync(join(cwd, "scaling.html"), "utf8")).toContain("layers of 128");
  });
});

describe("bench --profile", () => {
  it("times each dispatch and writes a trace", async () => {
    const { exitCode, stdout, stderr } = await run(["bench", "--profile", "step/tiny", "--json"]);
    expect(exitCode).toBe(0);
    const { profile, trace } = JSON.parse(stdout);
    expect(trace).toBe("runs/profile-step-tiny.json");
    expect(stderr).toContain(`Trace: ${trace}`);
    const times = profile.dispatches.map(
      ({ milliseconds }: { milliseconds: { median: number } }) => milliseconds.median,
    );
    expect(times).toEqual([...times].sort((a, b) => b - a));
    const { traceEvents } = JSON.parse(readFileSync(join(cwd, trace), "utf8"));
    const complete = traceEvents.filter(({ ph }: { ph: string }) => ph === "X");
    expect(complete).toHaveLength(times.length + 1);
    for (const { dur } of complete) expect(dur).toBeGreaterThan(0);
  });
});

describe("tuning", () => {
  const folder = join(cwd, "tuning");
  beforeEach(() => {
    vi.stubEnv("WGRAD_TUNING", folder);
  });
  afterEach(() => {
    vi.unstubAllEnvs();
  });
  const info = async (...args: string[]) =>
    JSON.parse((await run(["info", "--tuning", "--json", ...args])).stdout);

  it("is measured, stored, compared, explained and forgotten", async () => {
    expect(await info()).toMatchObject({ state: "none", entries: [], programs: [] });
    const { exitCode, stdout, stderr } = await run(["bench", "step/tiny", "--tune", "--json"]);
    expect(exitCode).toBe(0);
    expect(stderr).toContain("Stored:");
    const [{ tuned, milliseconds }] = JSON.parse(stdout).rows;
    expect(tuned.ratio).toBeCloseTo(tuned.untuned.milliseconds.median / milliseconds.median, 6);
    const document = await info();
    expect(document.state).toBe("valid");
    expect(document.kernelHash.stored).toBe(document.kernelHash.current);
    expect(readdirSync(folder)).toEqual([`${document.identity}.json`]);
    expect(document.programs).toHaveLength(1);
    expect(document.programs[0].label).toMatch(/^step\/tiny /);
    expect(document.entries.length).toBeGreaterThan(0);
    for (const { choice, default: usual, candidates } of document.entries) {
      expect(candidates[0].name).toBe(usual);
      expect(candidates.map(({ name }: { name: string }) => name)).toContain(choice);
    }
    const text = (await run(["info", "--tuning"])).stdout;
    expect(text).toContain(document.entries[0].key);
    expect(await info("--reset")).toMatchObject({ state: "none" });
    expect(readdirSync(folder)).toEqual([]);
  });

  it("that is damaged is ignored, which is said", async () => {
    const { file } = await info();
    mkdirSync(folder, { recursive: true });
    writeFileSync(file.replace(/^~/, homedir()), "{ half");
    const { exitCode, stderr } = await run(["bench", "step/tiny", "--json"]);
    expect(exitCode).toBe(0);
    expect(stderr).toContain("the stored tuning is ignored");
    expect((await run(["bench", "step/tiny", "--json", "--untuned"])).stderr).not.toContain("tuning");
    expect(await info()).toMatchObject({ state: "damaged" });
    await info("--reset");
  });
});

describe("train", () => {
  const FIELDS = [
    "recipe",
    "adapter",
    "seed",
    "steps",
    "batchSize",
    "parameterCount",
    "loss",
    "testLoss",
    "testAccuracy",
    "setupMilliseconds",
    "stepMilliseconds",
    "dispatchesPerStep",
    "submits",
    "peakBytes",
  ];
  const full = ["train", "mnist-mlp", "--steps", "60", "--seed", "3", "--json", "--losses"];

  it("gives its fields, saves, and repeats itself bit for bit, interrupted or not", async () => {
    const whole = await run([...full, "--out", "whole"]);
    expect(whole.exitCode).toBe(0);
    expect(whole.lingered).toBeLessThan(PATIENCE);
    const document = JSON.parse(whole.stdout);
    expect(Object.keys(document)).toEqual([...FIELDS, "losses"]);
    expect(document).toMatchObject({ recipe: "mnist-mlp", seed: 3, steps: 60, batchSize: 100 });
    expect(document.losses).toHaveLength(60);
    expect(document.loss).toBeLessThan(1.5);
    expect(document.testAccuracy).toBeGreaterThan(0.7);
    expect(readdirSync(join(cwd, "whole")).sort()).toEqual(["model.safetensors", "run.json"]);

    const stopped = await run([...full, "--out", "stopped"], /Step:/);
    expect(stopped.exitCode).toBe(130);
    expect(stopped.lingered).toBeLessThan(PATIENCE);
    expect(JSON.parse(stopped.stdout)).toMatchObject({ error: { name: "InterruptedError" } });
    const resume = /npx wgrad (train --resume \S+)/.exec(stopped.stderr)?.[1]?.split(" ") ?? [];
    expect(resume).toEqual(["train", "--resume", "stopped/checkpoint.safetensors"]);
    const first = readRun("stopped");
    expect(first.steps).toBeLessThan(60);

    const rest = await run([...resume, "--json", "--losses", "--out", "rest"]);
    expect(rest.exitCode).toBe(0);
    const resumed = JSON.parse(rest.stdout);
    expect(resumed).toMatchObject({ recipe: "mnist-mlp", seed: 3, steps: 60 });
    expect([...first.losses, ...resumed.losses]).toEqual(document.losses);
    expect(readFileSync(join(cwd, "rest/model.safetensors"))).toEqual(
      readFileSync(join(cwd, "whole/model.safetensors")),
    );
  });

  it("finds out before it starts that it cannot write", async () => {
    writeFileSync(join(cwd, "file"), "");
    const { exitCode, stderr } = await run(["train", "--out", "file/folder"]);
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/^train\(--out\): the folder cannot be written: .*\n$/);
  });

  it("stops at a loss that is no number, and says at which step", async () => {
    const rate = ["--optimizer", "sgd", "--lr", "1e30"];
    const { exitCode, stderr } = await run([
      "train",
      "mnist-mlp",
      "--steps",
      "9",
      ...rate,
      "--out",
      "broken",
    ]);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/became infinite or NaN at step [12];/);
    expect(existsSync(join(cwd, "broken/model.safetensors"))).toBe(false);
    expect(readRun("broken").error).toMatch(/at step [12];/);
  });

  it("chooses steps that fit a budget, shows a table and digits, and prints the plan on demand", async () => {
    const args = ["train", "mnist-mlp", "--budget", "2", "--limit", "1000", "--trace"];
    const { exitCode, stdout, stderr } = await run(args);
    expect(exitCode).toBe(0);
    expect(stderr).toMatch(/a step on this .*adapter: [\d,]+ steps .* fit the 2 s budget/);
    expect(stderr).toContain("dispatches a step");
    expect(stdout).toContain("| test accuracy |");
    expect(stdout).toMatch(/[✓✗] \d+ %/);
    expect(stdout).toMatch(/Saved: {2}runs\/mnist-mlp-\d{8}-\d{6}\/model.safetensors/);
  });

  function readRun(name: string): { steps: number; losses: number[]; error: string | null } {
    return JSON.parse(readFileSync(join(cwd, name, "run.json"), "utf8"));
  }
});
