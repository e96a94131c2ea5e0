import { describe, expect, it } from "vitest";
import { fitPower } from "../../src/benchmarks/fit.ts";
import { caseValues } from "../../src/benchmarks/kernel_case.ts";
import type { Measured } from "../../src/benchmarks/result.ts";
import type { ScalingPoint, ScalingResult } from "../../src/benchmarks/scaling.ts";
import { fitOf, limitOf, predict } from "../../src/benchmarks/scaling.ts";
import { sampledAdam, scalingSeries } from "../../src/benchmarks/scaling_series.ts";
import { expectedOf, firstWrong } from "../../src/benchmarks/verify.ts";
import { fitSentence, noteOf, scalingDocument, scalingText } from "../../src/cli/bench_scaling_report.ts";
import type { AdapterSummary, Limits } from "../../src/device/adapter.ts";
import { inputTensor } from "../../src/graph/leaves.ts";
import { firstStep } from "../../src/kernels/step.ts";
import { everyTrait } from "../support/traits.ts";

const measured = (median: number): Measured => ({
  milliseconds: { min: median / 2, median, max: 2 * median },
  gpuMilliseconds: null,
  readMilliseconds: null,
  gflops: 2,
  gigabytesPerSecond: 1,
  shareOfRoofline: 0.25,
  noise: 0.1,
  samples: 5,
  runsPerSample: 3,
  dispatches: 1,
  submits: 5,
});

const point = (size: number, median?: number): ScalingPoint => ({
  size,
  variant: median === undefined ? null : "some/kernel",
  measured: median === undefined ? null : measured(median),
  peakBytes: median === undefined ? null : 2048,
  limit: null,
  predictedMilliseconds: null,
  error: null,
});

describe("a power law", () => {
  it("is found exactly where the points obey it", () => {
    const fit = fitPower([1, 2, 4, 8].map((x) => [x, 5 * x ** 2.5] as const));
    expect(fit).toMatchObject({ from: 4, to: 8, points: 2 });
    expect(fit?.exponent).toBeCloseTo(2.5);
    expect(fit?.factor).toBeCloseTo(5);
  });

  it("goes through the upper half only, and lies between points that scatter", () => {
    const flat = [1, 2, 4].map((x) => [x, 100] as const);
    const cubes = [8, 16, 32].map((x, index) => [x, x ** 3 * (index === 1 ? 1.2 : 1)] as const);
    const fit = fitPower([...flat, ...cubes]);
    expect(fit).toMatchObject({ from: 8, to: 32, points: 3 });
    expect(fit?.exponent).toBeCloseTo(3);
    expect(fit?.factor).toBeCloseTo(1.2 ** (1 / 3));
  });

  it("needs two points", () => {
    expect(fitPower([])).toBeNull();
    expect(fitPower([[3, 4]])).toBeNull();
    expect(
      fitPower([
        [1, 4],
        [2, 2],
      ])?.exponent,
    ).toBeCloseTo(-1);
  });
});

describe("the series", () => {
  it("cover what they promise, in rising order", () => {
    const ends = scalingSeries.map(({ name, sizes }) => [name, sizes[0], sizes.at(-1)]);
    expect(ends).toEqual([
      ["matmul", 64, 4096],
      ["batch", 1, 1024],
      ["depth", 1, 64],
      ["parameters", 1000, 100_000_000],
    ]);
    for (const { sizes } of scalingSeries) expect(sizes).toEqual([...sizes].sort((a, b) => a - b));
  });

  it("name the limit that a size does not fit, tensors before memory", () => {
    const parameters = scalingSeries.find(({ name }) => name === "parameters");
    if (!parameters) throw new Error("no series of parameters");
    const { limits } = everyTrait;
    const plenty = 2 ** 40;
    expect(limitOf({ limits }, parameters, 1e7, plenty)).toBeNull();
    expect(limitOf({ limits }, parameters, 1e8, plenty)).toEqual({
      name: "maxStorageBufferBindingSize",
      needed: 4e8,
      allowed: 134_217_728,
    });
    const wide = { ...limits, maxStorageBufferBindingSize: 2 ** 40 } as Limits;
    expect(limitOf({ limits: wide }, parameters, 1e8, plenty)?.name).toBe("maxBufferSize");
    expect(limitOf({ limits }, parameters, 1e7, 1e8)).toMatchObject({ name: "memory", allowed: 1e8 });
  });

  it("check Adam by a sample that is part of the whole", () => {
    const given = sampledAdam(1000, 128);
    const types = given.inputs.map(({ shape }) => ({ shape, dtype: "f32" as const }));
    const values = caseValues(given);
    const outputs = given.apply(types.map((type, index) => inputTensor(`${index}`, type)));
    const shapes = outputs.map(({ shape }) => shape);
    const [whole, part] = [0, 1e12].map((flops) =>
      expectedOf(given, values, shapes, { flops, bytes: 0 }, firstStep),
    );
    expect(part?.map(({ places }) => places.length)).toEqual([128, 128, 128]);
    whole?.forEach((expected, index) => {
      const own = part?.[index];
      if (!own) throw new Error("an output went missing");
      expect(firstWrong("out", expected.values, own)).toBeNull();
    });
  });

  it("foresee the next time from the last that was measured", () => {
    expect(predict({ order: 3 }, 64, [])).toBe(0);
    expect(predict({ order: 3 }, 256, [point(32, 1), point(64, 4), point(128)])).toBe(4 * 64);
  });
});

describe("the report", () => {
  const stopped: ScalingResult = {
    name: "matmul",
    title: "squares",
    size: "n",
    order: 3,
    points: [point(64, 1), point(128, 8), { ...point(256), predictedMilliseconds: 34_200 }],
    fit: fitOf([point(64, 1), point(128, 8), point(256)]),
  };
  const limited: ScalingResult = {
    ...stopped,
    name: "parameters",
    points: [
      point(1000, 2),
      { ...point(10_000), error: "it errs" },
      { ...point(100_000), limit: { name: "maxBufferSize", needed: 4 * 2 ** 20, allowed: 2 ** 20 } },
    ],
    fit: null,
  };
  const peaks = { gflops: 30, gigabytesPerSecond: 3 };

  it("says why a size has no time", () => {
    expect(stopped.points.map(noteOf)).toEqual(["", "", "not run: would take about 34.2 s"]);
    expect(limited.points.map(noteOf)).toEqual([
      "",
      "wrong: it errs",
      "limit: maxBufferSize, needs 4 MiB of 1 MiB",
    ]);
    expect(noteOf({ ...point(1), limit: { name: "memory", needed: null, allowed: null } })).toBe(
      "limit: memory",
    );
  });

  it("gives the exponent with its range, and the limit", () => {
    expect(fitSentence(stopped)).toBe(
      "Time grows as size^3.00 from 64 to 128 (2 sizes); work grows as size^3.",
    );
    expect(fitSentence(limited)).toBe(
      "Too few sizes for an exponent. At 100,000 n the limit maxBufferSize is met.",
    );
    const text = scalingText(peaks, [stopped, limited]);
    expect(text).toContain("matmul: squares");
    expect(text).toMatch(/\| +128 \| +8 \| +4–16 \| +2 \| +1 \| +25\.0 % \| +1 \| 2 KiB \|/);
  });

  it("is a document without a time where there is none", () => {
    const adapter = { description: "a GPU" } as AdapterSummary;
    const { series } = scalingDocument(adapter, peaks, [stopped, limited]);
    expect(series[0]).toMatchObject({ name: "matmul", order: 3, fit: { from: 64, to: 128 } });
    expect(series[0]?.points[1]).toMatchObject({ size: 128, milliseconds: { median: 8 }, gflops: 2 });
    expect(series[0]?.points[2]).toMatchObject({ milliseconds: null, predictedMilliseconds: 34_200 });
    expect(series[1]?.points[1]).toMatchObject({ milliseconds: null, error: "it errs" });
    expect(series[1]?.points[2]).toMatchObject({ limit: { name: "maxBufferSize" } });
  });
});
