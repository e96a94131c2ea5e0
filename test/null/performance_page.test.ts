import { describe, expect, it } from "vitest";
import type { Page } from "../../scripts/docs/markdown.ts";
import { fill, table } from "../../scripts/docs/markdown.ts";
import { peerCharts, peersInShort, peersPart } from "../../scripts/docs/peers.ts";
import type { Results } from "../../scripts/docs/results.ts";
import { kernelVerdict, peerVerdict } from "../../scripts/docs/targets.ts";
import { storedProfile } from "../../src/benchmarks/stored_profile.ts";
import type { StoredRow } from "../../src/benchmarks/stored_run.ts";
import { storedRun } from "../../src/benchmarks/stored_run.ts";
import { DataError } from "../../src/device/errors.ts";

const cnn = {
  name: "step/cnn",
  case: "28²",
  variant: "adam",
  milliseconds: { min: 400, median: 480, max: 600 },
  readMilliseconds: { min: 450, median: 500, max: 620 },
  against: {
    tfjs: { milliseconds: { min: 9000, median: 9600, max: 9900 }, ratio: 19.2, version: "4.22.0" },
    jax: { milliseconds: { min: 2000, median: 2400, max: 2500 }, ratio: 4.8, version: "0.1.25" },
  },
};

const kernel = (name: string, sizes: string, gflops: number, gigabytesPerSecond = 1) => ({
  name,
  case: sizes,
  variant: "some/kernel",
  milliseconds: { min: 9, median: 10, max: 12 },
  uncheckedMilliseconds: { min: 4, median: 5, max: 6 },
  gflops,
  gigabytesPerSecond,
});

const run = storedRun({
  adapter: { description: "An adapter", software: true },
  date: "2026-01-02T03:04:05.000Z",
  roofline: { gflops: 10, gigabytesPerSecond: 4 },
  rows: [
    cnn,
    {
      ...kernel("matmul", "512×512×512", 3),
      against: { jax: { milliseconds: null, ratio: null, error: "a|b" } },
    },
    kernel("matmul", "12544×288×64", 5),
    kernel("conv2d", "14²·32→64, batch 64", 2.9),
    kernel("conv2dFilterGradient", "14²·32→64, batch 64", 3),
    kernel("adam", "1048576 parameters", 1, 2.8),
  ],
});

const row = (name: string): StoredRow => {
  const found = run.rows.find((candidate) => candidate.name === name);
  if (!found) throw new Error(`no row ${name}`);
  return found;
};

describe("what is wanted", () => {
  it("of a step is judged by each adapter's ratios", () => {
    expect(peerVerdict("swiftshader", row("step/cnn"))).toBe(
      "≥ 5 × jax: 4.8, **not met**; ≥ 18 × tfjs: 19.2, met",
    );
    expect(peerVerdict("lavapipe", row("step/cnn"))).toContain("≥ 25 × tfjs: 19.2, **not met**");
    expect(peerVerdict("another", row("step/cnn"))).toBe("");
  });

  it("of a peer without a time is not measured", () => {
    expect(peerVerdict("swiftshader", row("matmul"))).toBe("≥ 2.5 × jax: not measured");
  });

  it("of kernels is judged by the peak, by copying, and by our own product", () => {
    const verdict = (name: string) => kernelVerdict("swiftshader", run, row(name));
    expect(verdict("matmul")).toBe("≥ 35 % of the peak: 30.0 %, **not met**; unchecked ≥ 50 %: 60.0 %, met");
    expect(kernelVerdict("lavapipe", run, row("matmul"))).toBe("≥ 30 % of the peak: 30.0 %, met");
    expect(verdict("adam")).toBe("≥ 70 % of copying: 70.0 %, met");
    expect(verdict("conv2d")).toBe("≥ 60 % of matmul 12544×288×64: 58.0 %, **not met**");
    expect(verdict("conv2dFilterGradient")).toContain("60.0 %, met");
    expect(verdict("step/cnn")).toBe("");
  });
});

describe("the part of peers", () => {
  const stored = { file: "bench/results/against-swiftshader.json", slug: "swiftshader", content: run };
  const results: Results = { runs: [], against: [stored], tuned: [], scaling: [], profiles: [] };
  const none: Results = { ...results, against: [] };

  it("has ours as peers were compared with it, theirs, and why one has no time", () => {
    const text = peersPart(results);
    expect(text).toContain("### An adapter (software adapter), 2026-01-02");
    expect(text).toContain("| row | case | wgrad | tfjs 4.22.0 | jax 0.1.25 | wanted |");
    expect(text).toContain("| step/cnn | 28² | 500 ms | 9.6 s (19.2 ×) | 2.4 s (4.8 ×) |");
    expect(text).toContain("- jax, matmul 512×512×512: a|b");
    expect(text).not.toContain("conv2d");
  });

  it("has a chart and a short form of training steps alone", () => {
    expect(peerCharts(results).map(({ path }) => path)).toEqual(["docs/images/peers-swiftshader.svg"]);
    expect(peersInShort(results)).toContain("| cnn: 28² | An adapter (software adapter) | 500 ms |");
    expect(peersInShort(results)).not.toContain("matmul");
  });

  it("says nothing where nothing is stored", () => {
    expect([peersPart(none), peersInShort(none), ...peerCharts(none)]).toEqual(["", ""]);
  });
});

describe("markdown", () => {
  const page: Page = { path: "a.md", text: "before\n<!-- x -->\nold\n<!-- /x -->\nafter\n" };

  it("fills a part and leaves the rest, however often", () => {
    const once = fill(page, "x", "new");
    expect(once.text).toBe("before\n<!-- x -->\nnew\n<!-- /x -->\nafter\n");
    expect(fill(once, "x", "new")).toEqual(once);
    expect(fill(page, "x", "").text).toBe("before\n<!-- x -->\n<!-- /x -->\nafter\n");
    expect(() => fill(page, "y", "new")).toThrow("<!-- y -->");
  });

  it("has no column that is empty and no cell that ends a cell", () => {
    expect(
      table(
        [
          ["a", (value: string) => value],
          ["empty", () => ""],
          [">b", () => "1"],
        ],
        ["x|y"],
      ),
    ).toBe("| a | b |\n|---|--:|\n| x\\|y | 1 |");
  });
});

describe("stored documents", () => {
  it("say what tuning changed", () => {
    const tuned = {
      ratio: 1.5,
      noise: 0.1,
      same: false,
      untuned: { variant: "b", milliseconds: { median: 3 } },
    };
    expect(storedRun({ rows: [{ ...cnn, tuned }] }).rows[0]?.tuned).toEqual({
      ratio: 1.5,
      noise: 0.1,
      same: false,
      untuned: { min: 3, median: 3, max: 3 },
      untunedVariant: "b",
    });
    expect(row("step/cnn").tuned).toBeNull();
  });

  it("of a profile are read with the dispatches that have a time", () => {
    const dispatch = {
      index: 4,
      label: "sum sum/serial",
      kernel: "sum/serial",
      outputs: [[2, 3]],
      share: 0.5,
    };
    const timed = { ...dispatch, milliseconds: { min: 1, median: 2, max: 3 }, bound: "arithmetic" };
    const profile = storedProfile({ profile: { name: "mnist-cnn", dispatches: [timed, dispatch] } });
    expect(profile).toMatchObject({ name: "mnist-cnn", clockProblem: null, stepMilliseconds: null });
    expect(profile.dispatches).toHaveLength(1);
    expect(profile.dispatches[0]).toMatchObject({
      index: 4,
      outputs: [[2, 3]],
      bound: "arithmetic",
      gflops: null,
    });
    for (const wrong of [null, {}, { profile: {} }]) expect(() => storedProfile(wrong)).toThrow(DataError);
  });
});
