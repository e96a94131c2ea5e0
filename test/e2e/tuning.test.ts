import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { EngineOptions, WgradEngine } from "../../src/index.node.ts";
import { createEngine, spec, TuningTable } from "../../src/index.node.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "wgrad-tuning-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));
beforeEach(() => {
  vi.stubEnv("WGRAD_TUNING", folder);
});
afterEach(() => {
  vi.unstubAllEnvs();
});

async function withEngine<Result>(
  options: EngineOptions,
  body: (engine: WgradEngine) => Promise<Result>,
): Promise<Result> {
  const engine = await createEngine({ adapter: process.env["WGRAD_ADAPTER"], ...options });
  try {
    return await body(engine);
  } finally {
    engine.dispose();
  }
}

const compile = (engine: WgradEngine) =>
  engine.compile(({ a, b }) => ({ c: a.matmul(b).relu() }), {
    a: spec("f32", [40, 64]),
    b: spec("f32", [64, 36]),
  });

const stored = () => readdirSync(folder).map((name) => join(folder, name));

describe("createEngine", () => {
  it("stores what tune finds, and the next engine goes by it", async () => {
    const found = await withEngine({}, async (engine) => {
      const step = await compile(engine);
      const report = await engine.tune(step);
      expect(engine.tuningNotice).toBeNull();
      expect(report.measured.size).toBe(1);
      return engine.tuning.toJSON();
    });
    const [file = ""] = stored();
    expect(JSON.parse(readFileSync(file, "utf8"))).toEqual(found);
    await withEngine({}, async (engine) => {
      expect(engine.tuning.toJSON()).toEqual(found);
      const { known, measured } = await engine.tune(await compile(engine));
      expect([known, measured.size]).toEqual([1, 0]);
    });
    await withEngine({ tuning: false }, async (engine) => {
      expect(engine.tuning.entries.size).toBe(0);
    });
    vi.stubEnv("WGRAD_TUNING", "off");
    await withEngine({ tuning: [found, new TuningTable("another").toJSON()] }, async (engine) => {
      expect(engine.tuning.toJSON()).toEqual(found);
    });
  });

  it("says why a stored or given table is not gone by, and goes on", async () => {
    const [file = ""] = stored();
    const document = JSON.parse(readFileSync(file, "utf8"));
    for (const [text, words] of [
      ["{ half", "no JSON"],
      [JSON.stringify({ ...document, kernelHash: "0000" }), "other kernels"],
    ] as const) {
      writeFileSync(file, text);
      await withEngine({}, async (engine) => {
        expect(engine.tuningNotice).toContain(words);
        expect(engine.tuning.entries.size).toBe(0);
        expect((await compile(engine)).program.dispatchesPerStep).toBe(1);
      });
    }
    await withEngine({ tuning: { ...document, adapter: "another" } }, async (engine) => {
      expect(engine.tuningNotice).toContain("another");
    });
    await expect(createEngine({ tuning: {} })).rejects.toThrow("no table of a tuner");
  });
});
