import { describe, expect, it } from "vitest";
import { timeAxis } from "../../src/benchmarks/charts/bars.ts";
import { peerBars, peerNames, peersChart } from "../../src/benchmarks/charts/peers.ts";
import { scalingChart, scalingFile, sizeText } from "../../src/benchmarks/charts/scaling.ts";
import { decades, element, escapeText, shortTime } from "../../src/benchmarks/charts/svg.ts";
import type { ScalingResult } from "../../src/benchmarks/scaling.ts";
import type { StoredRun } from "../../src/benchmarks/stored_run.ts";
import { storedRun, storedScaling } from "../../src/benchmarks/stored_run.ts";
import { benchPage, scalingPage } from "../../src/cli/bench_html.ts";
import { scalingDocument } from "../../src/cli/bench_scaling_report.ts";
import type { AdapterSummary } from "../../src/device/adapter.ts";
import { DataError } from "../../src/device/errors.ts";

const document = {
  date: "2026-03-04T05:06:07.000Z",
  versions: { wgrad: "1.2.3", webgpu: null, node: "20.1.0" },
  cpus: 2,
  flags: { unchecked: true, tuned: false },
  adapter: { vendor: "v", architecture: "a", description: "A <GPU> & more", software: true },
  roofline: { gflops: 30, gigabytesPerSecond: 3 },
  rows: [
    {
      name: "step/cnn",
      case: "28², batch 64",
      variant: "adam",
      milliseconds: { min: 400, median: 500, max: 600 },
      uncheckedMilliseconds: { min: 300, median: 350, max: 400 },
      gflops: 7,
      gigabytesPerSecond: 0.5,
      shareOfRoofline: 0.234,
      dispatches: 31,
      peakBytes: 2048,
      against: {
        tfjs: { milliseconds: { min: 9000, median: 9600, max: 9900 }, ratio: 19.2 },
        jax: { milliseconds: 2500, ratio: 5 },
        none: { milliseconds: null, ratio: null, error: "it has no such op" },
      },
    },
    {
      name: "matmul",
      case: "4×4",
      variant: "matmul/naive",
      milliseconds: { min: 0.01, median: 0.0285, max: 0.04 },
      gflops: 2,
      gigabytesPerSecond: 1,
      shareOfRoofline: 1.4,
      dispatches: 1,
      peakBytes: 1024,
    },
    { name: "sum", case: "9", variant: "sum/wrong", milliseconds: null, error: "got 1 < 2" },
  ],
};

/** Fails where tags do not nest; gives every text between them. */
function textsOf(markup: string): string[] {
  const void_ = /^(meta|!doctype)/i;
  const open: string[] = [];
  const texts: string[] = [];
  for (const [, tag = "", text = ""] of markup.matchAll(/<([^>]*)>([^<]*)/g)) {
    const name = tag.replace(/^\//, "").split(/[\s/]/)[0] ?? "";
    if (tag.startsWith("/")) expect(open.pop()).toBe(name);
    else if (!tag.endsWith("/") && !void_.test(tag)) open.push(name);
    if (text.trim() !== "") texts.push(text);
  }
  expect(open).toEqual([]);
  return texts;
}

const attributesOf = (markup: string, name: string): number[] =>
  [...markup.matchAll(new RegExp(` ${name}="([^"]*)"`, "g"))].map(([, value]) =>
    Number.parseFloat(value ?? ""),
  );

describe("a stored run", () => {
  it("is read with what it has, peers without a time left out", () => {
    const run: StoredRun = storedRun(document);
    expect(run).toMatchObject({ adapter: "A <GPU> & more", software: true, cpus: 2, flags: ["unchecked"] });
    expect(run.versions).toEqual([
      ["wgrad", "1.2.3"],
      ["node", "20.1.0"],
    ]);
    expect(run.rows.map(({ peers }) => peers.map(({ name }) => name))).toEqual([["tfjs", "jax"], [], []]);
    expect(run.rows[2]).toMatchObject({ milliseconds: null, error: "got 1 < 2", gflops: null });
    expect(storedRun({ rows: [] })).toMatchObject({ date: null, cpus: null, versions: [], flags: [] });
    for (const wrong of [null, [], { rows: 3 }]) expect(() => storedRun(wrong)).toThrow(DataError);
  });
});

describe("svg", () => {
  it("escapes what it holds", () => {
    expect(element("text", { x: 1.23456, y: undefined, id: 'a"<' }, escapeText("<&>"))).toBe(
      '<text x="1.23" id="a&quot;&lt;">&lt;&amp;&gt;</text>',
    );
  });

  it("shows times in a unit that suits them", () => {
    expect([0.0285, 0.9, 1, 31.25, 999, 1380].map(shortTime)).toEqual([
      "28.5 µs",
      "900 µs",
      "1 ms",
      "31.3 ms",
      "999 ms",
      "1.38 s",
    ]);
  });

  it("has axes of whole decades", () => {
    expect(decades([0.02, 700])).toEqual({ from: -2, to: 3 });
    expect(decades([1, 10])).toEqual({ from: 0, to: 1 });
    expect(decades([5])).toEqual({ from: 0, to: 1 });
    const axis = timeAxis([0.02, 700]);
    expect(axis.ticks.map(({ text }) => text)).toEqual(["10 µs", "1 ms", "100 ms"]);
    expect(axis.place(1000)).toBe(1);
    expect(axis.place(0.01)).toBe(0);
  });
});

describe("the chart of peers", () => {
  const { rows } = storedRun(document);
  const chart = peersChart(rows, "A <GPU>");

  it("shows ours by the ratio, and each peer with its multiple", () => {
    const [row] = rows;
    if (!row) throw new Error("no row");
    const bars = peerBars(row, peerNames(rows));
    expect(bars.map(({ name, milliseconds, ratio }) => [name, milliseconds, ratio])).toEqual([
      ["wgrad", 500, ""],
      ["tfjs", 9600, "19.2 ×"],
      ["jax", 2500, "5 ×"],
    ]);
    expect(new Set(bars.map(({ colour }) => colour)).size).toBe(3);
    const texts = textsOf(chart);
    for (const text of ["A &lt;GPU&gt;", "step/cnn", "500 ms", "9.6 s, 19.2 ×", "2.5 s, 5 ×"])
      expect(texts).toContain(text);
    expect(texts.join()).not.toContain("matmul");
  });

  it("is a file of its own with bars as long as times, inside its frame", () => {
    expect(chart).toMatch(/^<svg xmlns="http:\/\/www.w3.org\/2000\/svg" viewBox="0 0 480 \d+"/);
    expect(chart).toContain("prefers-color-scheme:dark");
    const [, ours = 0, tfjs = 0, jax = 0] = attributesOf(chart, "width").slice(1);
    expect(tfjs / ours).toBeCloseTo(19.2, 0);
    expect(tfjs / jax).toBeCloseTo(9600 / 2500, 1);
    expect(Math.max(...attributesOf(chart, "x"))).toBeLessThan(480 - 100);
  });
});

describe("a page", () => {
  const html = benchPage(document);
  const texts = textsOf(html);

  it("stands alone, in light and in dark", () => {
    expect(html.startsWith("<!doctype html>")).toBe(true);
    expect(html).not.toMatch(/\bsrc=|\bhref=|url\(|@import|<script/);
    expect(html).toContain("prefers-color-scheme:dark");
    expect(html).toContain("width=device-width");
  });

  it("shows where figures come from, every row's figures, peers, and what is wrong", () => {
    expect(texts).toContain("A &lt;GPU&gt; &amp; more (software adapter, on the processor)");
    expect(texts).toContain("2026-03-04 05:06 UTC · wgrad 1.2.3 · node 20.1.0 · 2 processors · unchecked");
    for (const figure of ["500 ms", "23.4 %", "28.5 µs", "350 ms", "400 ms–600 ms", "2 KiB", "9.6 s, 19.2 ×"])
      expect(texts).toContain(figure);
    expect(texts).toContain("sum 9 sum/wrong: got 1 &lt; 2");
    expect(texts).toContain("wrong");
  });

  it("leaves out peers and columns that nothing has", () => {
    const [, plain] = document.rows;
    const other = textsOf(benchPage({ ...document, rows: [plain] }));
    for (const absent of ["Against peers", "Unchecked", "Wrong, so not timed"])
      expect(other).not.toContain(absent);
  });
});

describe("a page of scaling", () => {
  const none = {
    variant: null,
    measured: null,
    peakBytes: null,
    limit: null,
    predictedMilliseconds: null,
    error: null,
  };
  const measured = (median: number) => ({
    milliseconds: { min: median, median, max: median },
    gpuMilliseconds: null,
    readMilliseconds: null,
    gflops: 2,
    gigabytesPerSecond: 1,
    shareOfRoofline: 0.25,
    noise: 0,
    samples: 3,
    runsPerSample: 1,
    dispatches: 1,
    submits: 3,
  });
  const adapter = { description: "a GPU" } as AdapterSummary;
  const result: ScalingResult = {
    name: "matmul",
    title: "n × n",
    size: "n",
    order: 3,
    points: [
      { ...none, size: 64, measured: measured(1) },
      { ...none, size: 128, measured: measured(8) },
      { ...none, size: 256, predictedMilliseconds: 64 },
      { ...none, size: 512, limit: { name: "maxBufferSize", needed: 2, allowed: 1 } },
    ],
    fit: { exponent: 3, factor: 1 / 64 ** 3, from: 64, to: 128, points: 2 },
  };

  it("draws each size, the fit, and where it ends", () => {
    const html = scalingPage({ ...document, ...scalingDocument(adapter, document.roofline, [result]) });
    const texts = textsOf(html);
    const notes = ["not run: would take about 0.064 s", "limit: maxBufferSize, needs 2 bytes of 1 bytes"];
    for (const text of ["matmul: n × n", "64", "8 ms", "maxBufferSize", ...notes])
      expect(texts).toContain(text);
    expect(texts.join()).toContain("size^3.00 from 64 to 128");
    const [series] = storedScaling(scalingDocument(adapter, document.roofline, [result])).series;
    if (!series) throw new Error("no series");
    const chart = scalingChart(series);
    const [x1 = 0, x2 = 0, x3 = 0, ...more] = attributesOf(chart, "cx");
    const [y1 = 0, y2 = 0] = attributesOf(chart, "cy");
    expect(x2).toBeLessThan(x3);
    expect(more).toEqual([]);
    expect(x1).toBeLessThan(x2);
    expect(y1).toBeGreaterThan(y2);
    // The fitted line goes through both.
    const line = /<line x1="([\d.]+)" y1="([\d.]+)" x2="([\d.]+)" y2="([\d.]+)"/
      .exec(chart)
      ?.slice(1)
      .map(Number);
    expect(line).toEqual([x1, y1, x2, y2]);
  });

  it("writes powers of ten as such", () => {
    expect([1, 64, 1000, 4096, 100_000_000].map(sizeText)).toEqual(["1", "64", "10³", "4096", "10⁸"]);
  });

  it("is a file for the documentation too, and nothing where there are no times", () => {
    const empty = { name: "matmul", title: "", size: "n", order: 3, fit: null, points: [] };
    expect(scalingChart(empty)).not.toContain("<circle");
    const [series] = storedScaling(scalingDocument(adapter, document.roofline, [result])).series;
    if (!series) throw new Error("no series");
    const file = scalingFile(series, "a <title>");
    expect(file).toMatch(/^<svg xmlns=/);
    expect(textsOf(file)).toContain("a &lt;title&gt;");
    expect(() => storedScaling({ rows: [] })).toThrow(DataError);
  });
});
