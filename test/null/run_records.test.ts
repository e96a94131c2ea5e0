import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readlinkSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { FastRandom } from "../../src/benchmarks/sample.ts";
import { databaseName, openRuns } from "../../src/training/node/run_database.ts";
import {
  listRuns,
  readEpochs,
  readLayers,
  readRatios,
  readSteps,
} from "../../src/training/node/run_queries.ts";
import { RunRecorder } from "../../src/training/node/run_recorder.ts";
import { migrations } from "../../src/training/node/run_schema.ts";
import type { LayerStatistics } from "../../src/training/statistics/layer_statistics.ts";
import { epochClasses } from "../../src/training/statistics/norm_ratios.ts";
import { demoBeginning, recordDemo } from "../support/demo_run.ts";

let folder = "";
const children: ChildProcess[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "wgrad-records-"));
});

afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
});

describe("a recorder", () => {
  it("gives back what it was given", async () => {
    const recorder = await RunRecorder.open({ folder });
    const id = recordDemo(recorder, { epochs: 2, stepsPerEpoch: 5 });
    await recorder.finish("done", { testAccuracy: 0.97, testLoss: Number.NaN });
    const sqlite = await openRuns(folder);
    const [run] = listRuns(sqlite);
    expect(run).toMatchObject({
      id,
      name: "demo",
      status: "done",
      seed: 1,
      steps: 10,
      result: { testAccuracy: 0.97, testLoss: null },
      config: { optimizer: "adam", learningRate: 0.001 },
      environment: { "adapter.software": true },
    });
    const { step, loss, accuracy } = readSteps(sqlite, run?.key ?? 0);
    expect(step).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(run?.loss).toBeCloseTo(loss.reduce<number>((sum, value) => sum + (value ?? 0), 0) / 10, 12);
    expect(readEpochs(sqlite, run?.key ?? 0)).toMatchObject([
      { epoch: 1, step: 5, accuracy: accuracy[4], metrics: { top5: 0.99 }, milliseconds: 60 },
      { epoch: 2, step: 10 },
    ]);
    expect(readLayers(sqlite, run?.key ?? 0)).toHaveLength(14);
    expect(readLayers(sqlite, run?.key ?? 0)[8]).toMatchObject({
      layer: "layer2.relu",
      kind: "activation",
      position: 1,
      steps: 5,
      updateRatio: null,
      deadShare: 0.05,
      belowThousandth: 0.4,
      belowHundredThousandth: 0.1,
    });
    await sqlite.close();
  });

  it("keeps numbers that JSON lacks, seeds above 2^53, and steps that were done again", async () => {
    const recorder = await RunRecorder.open({ folder });
    recorder.begin({ ...demoBeginning({}), seed: 2n ** 63n + 1n });
    recorder.steps([
      { step: 1, epoch: 1, loss: 2 },
      { step: 1, epoch: 1, loss: Number.POSITIVE_INFINITY },
      { step: 2, epoch: 1, loss: Number.NaN, accuracy: 0.1 },
    ]);
    await recorder.finish("failed", {}, "the loss became NaN");
    const sqlite = await openRuns(folder);
    expect(listRuns(sqlite)).toMatchObject([{ seed: "9223372036854775809", error: "the loss became NaN" }]);
    expect(readSteps(sqlite, 1)).toMatchObject({
      loss: [Number.POSITIVE_INFINITY, null],
      accuracy: [null, 0.1],
    });
    await sqlite.close();
  });

  it("leaves no descriptor, no lock and no file but the database", async () => {
    const recorder = await RunRecorder.open({ folder });
    recordDemo(recorder);
    await recorder.finish("done");
    expect(readdirSync(folder)).toEqual([databaseName]);
    if (process.platform !== "linux") return;
    expect(descriptorsIn(folder)).toEqual([]);
  });

  it("takes kilobytes: 10,000 steps and 20 epochs of layers well below a megabyte", async () => {
    const recorder = await RunRecorder.open({ folder });
    recordDemo(recorder, { epochs: 20, stepsPerEpoch: 500 });
    await recorder.finish("done");
    expect(statSync(join(folder, databaseName)).size).toBeLessThan(700_000);
  });

  it("warns once and goes on where the folder cannot be written", async () => {
    writeFileSync(join(folder, "file"), "");
    const warnings: string[] = [];
    const recorder = await RunRecorder.open({
      folder: join(folder, "file"),
      warn: (text) => warnings.push(text),
    });
    expect(recordDemo(recorder)).toBeUndefined();
    await recorder.finish("done");
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toMatch(/training goes on.*file/);
  });

  it("says how to get libsql where there is none", async () => {
    vi.doMock("libsql", () => {
      throw new Error("Cannot find package 'libsql'");
    });
    try {
      const warnings: string[] = [];
      const recorder = await RunRecorder.open({ folder, warn: (text) => warnings.push(text) });
      expect(recordDemo(recorder, { epochs: 1 })).toBeUndefined();
      await recorder.finish("done");
      expect(warnings.join()).toMatch(/training goes on: .*libsql cannot be loaded.*npm install libsql/);
    } finally {
      vi.doUnmock("libsql");
    }
  });

  it("says at the end what a full disk kept from being written, and writes it once there is room", async () => {
    const warnings: string[] = [];
    const options = { folder, warn: (text: string) => warnings.push(text), flushMilliseconds: 0 };
    for (const roomAtTheEnd of [false, true]) {
      warnings.length = 0;
      const recorder = await RunRecorder.open(options);
      recorder.begin(demoBeginning({}));
      await limitPages(recorder, 30);
      const rows = Array.from({ length: 5000 }, (_, index) => ({ step: index + 1, epoch: 1, loss: 1 / 3 }));
      recorder.steps(rows);
      recorder.steps([{ step: 5001, epoch: 1, loss: 1 }]);
      expect(warnings).toHaveLength(1);
      expect(warnings[0]).toContain("the disk is full");
      if (roomAtTheEnd) await limitPages(recorder, 1_000_000);
      await recorder.finish("done");
      const sqlite = await openRuns(folder);
      const [run] = listRuns(sqlite);
      expect(readSteps(sqlite, run?.key ?? 0).step).toHaveLength(roomAtTheEnd ? 5001 : 0);
      expect(run?.status).toBe(roomAtTheEnd ? "done" : "running");
      expect(warnings.slice(1).join()).toMatch(roomAtTheEnd ? /^$/ : /5002 rows .* the disk is full/);
      await sqlite.close();
    }
  });
});

describe("the database", () => {
  it("classes ratios of adjacent layers by the thresholds of the paper", async () => {
    const recorder = await RunRecorder.open({ folder });
    recorder.begin(demoBeginning({}));
    const norms = [1, 5, 25.1, 0.0251, 0.026, 0, 0.3, 0.3];
    recorder.layers({ epoch: 1, step: 10, steps: 10 }, norms.map(layerOfNorm));
    // Two rows of one epoch count by their steps: (3 · 1 + 1 · 5) / 4 = 2.
    recorder.layers({ epoch: 2, step: 13, steps: 3 }, [1, 2].map(layerOfNorm));
    recorder.layers({ epoch: 2, step: 14, steps: 1 }, [5, 2].map(layerOfNorm));
    await recorder.finish("done");
    const sqlite = await openRuns(folder);
    const ratios = readRatios(sqlite, 1);
    const first = ratios.filter(({ epoch }) => epoch === 1);
    expect(first.map((row) => row.class)).toEqual([
      "stable",
      "exploding",
      "vanishing",
      "stable",
      "vanishing",
      "infinite",
      "stable",
    ]);
    expect(first[0]).toMatchObject({ layer: "layer2", previous: "layer1", ratio: 5, position: 1 });
    expect(first[2]?.ratio).toBeCloseTo(0.001, 12);
    expect(first[5]?.ratio).toBe(Number.POSITIVE_INFINITY);
    expect(ratios.at(-1)).toMatchObject({ epoch: 2, previousNorm: 2, norm: 2, ratio: 1 });
    await sqlite.close();
  });

  it("has views that say what the statistics in TypeScript say", async () => {
    const recorder = await RunRecorder.open({ folder });
    recorder.begin(demoBeginning({}));
    const values = [0, 1e-9, 1e-3, 0.999e-3, 1, 5, 5.0001, 1e3, 3e38, Number.POSITIVE_INFINITY];
    const random = new FastRandom(7);
    const epochs = Array.from({ length: 200 }, (_, index) => ({
      epoch: index + 1,
      layers: Array.from({ length: 9 }, (_, place): LayerStatistics => {
        const l2 = values[Math.floor(random.next() * values.length)] ?? 0;
        const nonFinite = random.next() < 0.05 ? 3 : 0;
        const [kind, name] =
          place % 3 === 2
            ? (["activation", "relu"] as const)
            : (["parameter", place % 3 === 0 ? "dense.weights" : "dense.bias"] as const);
        return { ...layerOfNorm(l2, place), layer: `layer${Math.floor(place / 3)}.${name}`, kind, nonFinite };
      }),
    }));
    for (const { epoch, layers } of epochs) recorder.layers({ epoch, step: 10 * epoch, steps: 10 }, layers);
    await recorder.finish("done");
    const sqlite = await openRuns(folder);
    const stored = readRatios(sqlite, 1).map(({ norm: _, previousNorm: __, position: ___, ...row }) => row);
    const expected = epochClasses(epochs);
    expect(new Set(expected.map((row) => row.class)).size).toBe(4);
    expect(stored).toEqual(
      expected.map(({ ratio, ...row }) => ({
        ...row,
        ratio: Number.isFinite(ratio)
          ? expect.closeTo(ratio, 12 - Math.round(Math.log10(ratio || 1)))
          : Infinity,
      })),
    );
    await sqlite.close();
  });

  it("is refused where a newer version made it, or something else", async () => {
    const newer = await openRuns(folder, { migrations: [...migrations, "CREATE TABLE more (a)"] });
    await newer.close();
    await expect(openRuns(folder)).rejects.toThrow(/newer wgrad; got schema 2; expected at most 1/);
    writeFileSync(join(folder, databaseName), "neither SQLite nor anything else ".repeat(40));
    await expect(openRuns(folder)).rejects.toThrow(/no SQLite database; move it away/);
  });

  it("brings an older schema up to date with its rows kept, and does a step whole or not at all", async () => {
    const recorder = await RunRecorder.open({ folder });
    recordDemo(recorder, { epochs: 1 });
    await recorder.finish("done");
    const broken = [
      ...migrations,
      "ALTER TABLE runs ADD COLUMN note TEXT",
      "ALTER TABLE nowhere ADD COLUMN a",
    ];
    await expect(openRuns(folder, { migrations: broken })).rejects.toThrow(/nowhere/);
    const sqlite = await openRuns(folder, { migrations: broken.slice(0, 2) });
    expect(sqlite.all("SELECT name, note FROM runs")).toEqual([{ name: "demo", note: null }]);
    await sqlite.close();
  });

  it("survives kill -9 in the middle of writes with every row that was committed", async () => {
    const promised = new Map<string, number>();
    for (let round = 0; round < 4; round++) {
      const name = `round${round}`;
      const child = startChild(name);
      const enough = 40 * (3 + 7 * round);
      promised.set(name, await lastReport(child, (step) => step >= enough && child.kill("SIGKILL")));
    }
    const sqlite = await openRuns(folder);
    expect(sqlite.all("PRAGMA integrity_check")).toEqual([{ integrity_check: "ok" }]);
    for (const run of listRuns(sqlite)) {
      const { step } = readSteps(sqlite, run.key);
      expect(step.length).toBeGreaterThanOrEqual(promised.get(run.name) ?? Number.NaN);
      // Whole batches, none torn.
      expect(step.length % 40).toBe(0);
      expect(step.at(-1)).toBe(step.length);
      expect(run.status).toBe("died");
    }
    expect(listRuns(sqlite)).toHaveLength(4);
    await sqlite.close();
  });

  it("takes the writes of two processes at once", async () => {
    const ends = await Promise.all(["one", "two"].map((name) => lastReport(startChild(name, 40))));
    expect(ends).toEqual([1600, 1600]);
    const sqlite = await openRuns(folder);
    const runs = listRuns(sqlite);
    expect(runs.map(({ name, status }) => `${name} ${status}`).sort()).toEqual(["one done", "two done"]);
    for (const { key } of runs) expect(readSteps(sqlite, key).step).toHaveLength(1600);
    await sqlite.close();
  });
});

function layerOfNorm(l2: number, place: number): LayerStatistics {
  return {
    layer: `layer${place + 1}`,
    kind: "parameter",
    l1: l2,
    l2,
    max: l2,
    mean: 0,
    meanMagnitude: 0,
    belowThousandth: 0,
    belowHundredThousandth: 0,
    nonFinite: 0,
    updateRatio: null,
    deadShare: null,
    saturation: null,
  };
}

/** Has SQLite take the disk for full beyond some pages, as the recorder's own connection sees it. */
async function limitPages(recorder: RunRecorder, pages: number): Promise<void> {
  recorder.onConnection((sqlite) => sqlite.all(`PRAGMA max_page_count = ${pages}`));
}

function descriptorsIn(path: string): string[] {
  return readdirSync("/proc/self/fd").flatMap((name) => {
    try {
      const target = readlinkSync(`/proc/self/fd/${name}`);
      return target.startsWith(path) ? [target] : [];
    } catch {
      return [];
    }
  });
}

function startChild(name: string, batches = 1_000_000): ChildProcess {
  const script = ["scripts/run.mjs", "test/support/records_child.ts", folder, name, String(batches)];
  const child = spawn(process.execPath, script, { stdio: ["ignore", "pipe", "inherit"] });
  children.push(child);
  return child;
}

/** The last step that a child says it has committed, once it has ended. */
function lastReport(child: ChildProcess, told: (step: number) => unknown = () => {}): Promise<number> {
  return new Promise((done, reject) => {
    let text = "";
    const last = () => Number(text.slice(0, text.lastIndexOf("\n")).split("\n").at(-1));
    child.stdout?.setEncoding("utf8").on("data", (chunk: string) => {
      text += chunk;
      if (text.includes("\n")) told(last());
    });
    child.on("error", reject);
    child.on("close", () => done(last()));
  });
}
