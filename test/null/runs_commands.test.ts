import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { runCommandLine } from "../../src/cli/program.ts";
import { sparkline } from "../../src/cli/sparkline.ts";
import { RunRecorder } from "../../src/training/node/run_recorder.ts";
import { recordDemo } from "../support/demo_run.ts";
import { readEventFile } from "../support/read_event_file.ts";

let folder = "";
let runs = "";

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "wgrad-runs-"));
  runs = join(folder, "runs");
  for (const [seed, optimizer] of ["adam", "sgd"].entries()) {
    const recorder = await RunRecorder.open({ folder: runs });
    const startedAt = new Date(Date.UTC(2026, 0, 31, 12, seed));
    const name = `demo-${optimizer}`;
    recordDemo(recorder, { seed, optimizer, name, epochs: 4, stepsPerEpoch: 25, beginning: { startedAt } });
    await recorder.finish("done", { testAccuracy: 0.9 + seed / 100, testLoss: 0.3 });
  }
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("wgrad runs", () => {
  it("list names every run, the newest first", async () => {
    const { exitCode, stdout } = await wgrad("list");
    expect(exitCode).toBe(0);
    const lines = stdout.split("\n").filter((line) => line.includes("demo-"));
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatch(/demo-sgd +\| sgd +\| +100 \|.*91\.00 % \| done/);
    const { document } = await wgrad("list", "--json");
    expect(document).toMatchObject({
      folder: runs,
      runs: [
        { name: "demo-sgd", optimizer: "sgd", steps: 100, status: "done", result: { testAccuracy: 0.91 } },
        { name: "demo-adam", recipe: "mnist-mlp", seed: 0 },
      ],
    });
  });

  it("list makes no database where there is none", async () => {
    const nowhere = join(folder, "nowhere");
    const { exitCode, stdout } = await wgrad("list", "--runs", nowhere);
    expect([exitCode, stdout]).toEqual([0, `There are no records of runs in ${nowhere} yet.\n`]);
    expect(existsSync(nowhere)).toBe(false);
    expect((await wgrad("show", "--runs", nowhere)).stderr).toMatch(/no records of runs here/);
  });

  it("show takes latest, a name, an id and its beginning, and refuses the rest by what is near", async () => {
    const { document } = await wgrad("show", "latest", "--json");
    const id = String(Reflect.get(Object(document), "id"));
    for (const selector of [id, id.slice(0, 4), "demo-sgd"])
      expect((await wgrad("show", selector, "--json")).document).toMatchObject({ id, name: "demo-sgd" });
    const unknown = await wgrad("show", "demo-sgb");
    expect(unknown.exitCode).toBe(2);
    expect(unknown.stderr).toMatch(/no such run; got demo-sgb; expected .* such as demo-sgd, demo-adam/);
  });

  it("show has configuration, result, epochs, classes of layers and courses within the terminal", async () => {
    const { stdout } = await wgrad("show", "demo-adam");
    expect(stdout).toMatch(/optimizer +\| adam/);
    expect(stdout).toMatch(/testAccuracy +\| 0\.9/);
    expect(stdout).toMatch(/layer2\.relu +\|.*\| exploding/);
    expect(stdout).toMatch(/layer7\.dense\.weights +\|.*∞ +\| infinite/);
    for (const line of stdout.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
    const courses = stdout.split("\n").filter((line) => /[▁▂▃▄▅▆▇█]/.test(line));
    expect(courses).toHaveLength(4 + 7);
    expect(courses[0]).toMatch(/^loss .*█.*▁/);
    const { document } = await wgrad("show", "demo-adam", "--json");
    expect(document).toMatchObject({ epochs: [{}, {}, {}, {}], ratios: expect.any(Array) });
    expect(Reflect.get(Object(document), "layers")).toHaveLength(28);
  });

  it("compare has what differs and all results", async () => {
    const { stdout } = await wgrad("compare", "demo-adam", "demo-sgd");
    expect(stdout).toMatch(/optimizer +\| adam +\| sgd/);
    expect(stdout).toMatch(/testAccuracy +\| 0\.9 +\| 0\.91/);
    expect(stdout).not.toContain("learningRate");
    expect((await wgrad("compare", "demo-adam", "demo-sgd", "--json")).document).toMatchObject({
      differences: { config: { optimizer: ["adam", "sgd"], seed: [0, 1] }, environment: {} },
    });
    expect((await wgrad("compare", "demo-adam")).exitCode).toBe(2);
  });

  it("export writes tables, a document, or what TensorBoard reads", async () => {
    const out = (name: string) => join(folder, name);
    await wgrad("export", "demo-adam", "--format", "csv", "--out", out("csv"));
    const table = readFileSync(join(out("csv"), "steps.csv"), "utf8")
      .trimEnd()
      .split("\n");
    expect(table[0]).toBe("step,epoch,loss,accuracy,learning_rate,milliseconds");
    expect(table).toHaveLength(101);
    expect(readdirSync(out("csv")).sort()).toEqual(
      ["epochs.csv", "gradient_class.csv", "layer_statistics.csv", "run.csv", "steps.csv"].sort(),
    );
    await wgrad("export", "demo-adam", "--format", "json", "--out", out("run.json"));
    const document: unknown = JSON.parse(readFileSync(out("run.json"), "utf8"));
    expect(document).toEqual((await wgrad("show", "demo-adam", "--json")).document);

    await wgrad("export", "demo-adam", "--format", "tensorboard", "--out", out("board"));
    const [name = ""] = readdirSync(out("board"));
    expect(name).toMatch(/^events\.out\.tfevents\.1769860800\./);
    const events = readEventFile(new Uint8Array(readFileSync(join(out("board"), name))));
    expect(events.map(({ step }) => step)).toEqual([
      0,
      ...Array.from({ length: 100 }, (_, index) => index + 1),
    ]);
    const tags = (events.at(-1)?.scalars ?? []).map(([tag]) => tag);
    expect(tags).toEqual(
      expect.arrayContaining([
        "loss",
        "accuracy",
        "learning_rate",
        "validation/loss",
        "gradient_norm/layer2.relu",
      ]),
    );
    expect((await wgrad("export", "demo-adam", "--format", "xml", "--out", out("x"))).exitCode).toBe(2);
  });

  it("plot draws four SVG files, self-contained and with what they show in words", async () => {
    const out = join(folder, "plots");
    const { stdout } = await wgrad("plot", "demo-adam", "--out", out);
    expect(stdout.match(/Saved: /g)).toHaveLength(4);
    const svg = (name: string) => readFileSync(join(out, name), "utf8");
    for (const name of ["loss.svg", "accuracy.svg", "gradient_norms.svg", "norm_ratios.svg"]) {
      expect(svg(name)).toMatch(/^<svg [^>]*xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
      expect(svg(name)).toContain('fill="#ffffff"');
      expect(svg(name)).toContain("demo-adam");
      expect(svg(name)).not.toMatch(/NaN|undefined|href=/);
    }
    expect(svg("loss.svg")).toContain("validation, at the end of an epoch");
    expect(svg("norm_ratios.svg")).toContain("possibly exploding: above 5");
    const order = ["layer1.dense", "layer2.relu", "layer7.dense"].map((layer) =>
      svg("gradient_norms.svg").indexOf(layer),
    );
    expect(order).toEqual([...order].sort((one, other) => one - other));
    expect(order[0]).toBeGreaterThan(0);
  });
});

describe("a sparkline", () => {
  it("spans the values, in as many characters as fit", () => {
    expect(sparkline([0, 1, 2, 3, 4, 5, 6, 7], { width: 8 })).toBe("▁▂▃▄▅▆▇█");
    expect(sparkline([0, 0, 1, 1], { width: 2 })).toBe("▁█");
    expect(sparkline([5, 5, 5], { width: 9 })).toBe("▅▅▅");
    expect(sparkline([1, null, Number.POSITIVE_INFINITY, 3], { width: 9 })).toBe("▁ !█");
    expect(sparkline([1, 10, 100, 0], { width: 9, logarithmic: true })).toBe("▁▅█▁");
    expect(sparkline([], { width: 9 })).toBe("");
  });
});

/** Runs a command on the folder of runs. */
async function wgrad(...args: readonly string[]) {
  const written = { stdout: "", stderr: "" };
  const spies = (["stdout", "stderr"] as const).map((name) =>
    vi.spyOn(process[name], "write").mockImplementation((text) => {
      written[name] += String(text);
      return true;
    }),
  );
  try {
    const where = args.includes("--runs") ? [] : ["--runs", runs];
    const exitCode = await runCommandLine(["runs", ...args, ...where]);
    const document: unknown = args.includes("--json") ? JSON.parse(written.stdout) : undefined;
    return { exitCode, ...written, document };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}
