import { describe, expect, it } from "vitest";
import { compareRow, parseBaseline } from "../../src/benchmarks/baseline.ts";
import type { KernelCase } from "../../src/benchmarks/kernel_case.ts";
import { caseValues, dtypeOf } from "../../src/benchmarks/kernel_case.ts";
import { kernelCases } from "../../src/benchmarks/kernel_cases.ts";
import type { BenchRow } from "../../src/benchmarks/result.ts";
import { noiseOf, rowKey } from "../../src/benchmarks/result.ts";
import {
  drawPicks,
  FastRandom,
  pickedPlaces,
  pickedShape,
  pickIndices,
  pickValues,
} from "../../src/benchmarks/sample.ts";
import { stepCases, wrongLosses } from "../../src/benchmarks/step_rows.ts";
import { benchmarkSuite, matching } from "../../src/benchmarks/suite.ts";
import { expectedOf, firstWrong } from "../../src/benchmarks/verify.ts";
import { ratesOf } from "../../src/benchmarks/work.ts";
import { benchDocument, benchText } from "../../src/cli/bench_report.ts";
import type { AdapterSummary } from "../../src/device/adapter.ts";
import { DataError } from "../../src/device/errors.ts";
import { inputTensor } from "../../src/graph/leaves.ts";
import { firstStep } from "../../src/kernels/step.ts";
import { measured, row } from "../support/bench_rows.ts";
import { everyTrait } from "../support/traits.ts";

const failed: BenchRow = {
  ...row,
  variant: "matmul/wrong",
  measured: null,
  error: "c[0]: got 1, expected 2",
};

describe("samples of a case", () => {
  it("picks distinct indices with both edges", () => {
    expect(pickIndices(5, 9, new FastRandom(1))).toEqual([0, 1, 2, 3, 4]);
    const picked = pickIndices(1000, 20, new FastRandom(1));
    expect(new Set(picked).size).toBe(20);
    expect([picked[0], picked.at(-1)]).toEqual([0, 999]);
    expect(picked).toEqual([...picked].sort((a, b) => a - b));
  });

  it("takes the same indices of an axis wherever it occurs", () => {
    const picks = drawPicks(
      [
        [8, 6],
        [6, 9],
      ],
      ["mk", "kn"],
      { m: 2, n: 3 },
      new FastRandom(3),
    );
    expect([...picks.keys()].sort()).toEqual(["m", "n"]);
    expect(pickedShape([8, 9], "mn", picks)).toEqual([2, 3]);
    const rows = picks.get("m") ?? [];
    const columns = picks.get("n") ?? [];
    const places = rows.flatMap((r) => columns.map((c) => r * 9 + c));
    expect([...pickedPlaces([8, 9], "mn", picks)]).toEqual(places);
    const values = Float32Array.from({ length: 72 }, (_, index) => index);
    expect([...pickValues(values, [8, 9], "mn", picks)]).toEqual(places);
  });

  it.each(
    kernelCases
      .filter(({ sample }) => Object.keys(sample).length > 0)
      .map((given) => [rowKeyOf(given), given]),
  )("%s: a sample is part of the whole", (_, given) => {
    const small = shrink(given);
    const tensors = small.inputs.map((input, index) =>
      inputTensor(`${index}`, { shape: input.shape, dtype: dtypeOf(input) }),
    );
    const outputs = small.apply(tensors).map(({ shape }) => shape);
    const values = caseValues(small);
    const cost = (flops: number) => ({ flops, bytes: 0 });
    const whole = expectedOf(small, values, outputs, cost(0), firstStep);
    const part = expectedOf(small, values, outputs, cost(1e12), firstStep);
    whole.forEach((expected, index) => {
      const own = part[index];
      if (!own) throw new Error("an output went missing");
      expect(own.places.length).toBeLessThan(expected.places.length);
      expect(firstWrong("out", expected.values, own)).toBeNull();
    });
  });
});

describe("checks", () => {
  it("finds wrong elements, NaN among them", () => {
    const expected = {
      places: Uint32Array.of(1, 3),
      values: Float64Array.of(1, 2),
      allowed: Float64Array.of(0.1, 0.1),
    };
    expect(firstWrong("c", Float32Array.of(9, 1.05, 9, 2), expected)).toBeNull();
    expect(firstWrong("c", Float32Array.of(9, 1, 9, 2.2), expected)).toContain("c[3]: got 2.2");
    expect(firstWrong("c", Float32Array.of(9, Number.NaN, 9, 2), expected)).toContain("c[1]: got NaN");
  });

  it("refuses losses that are not finite, do not fall, or begin elsewhere", () => {
    expect(wrongLosses([2, 1.9, 1.8], 2.00001)).toBeNull();
    expect(wrongLosses([2, Number.NaN, 1])).toContain("not finite");
    expect(wrongLosses([2, 2, 2])).toContain("does not fall");
    expect(wrongLosses([2, 1], 2.01)).toContain("expected 2.01");
  });
});

describe("the suite", () => {
  it("has rows of distinct names, and the training steps under their names", () => {
    const suite = benchmarkSuite(everyTrait, true);
    expect(new Set(suite.map(rowKey)).size).toBe(suite.length);
    const names = matching(suite, /^step/i).map(({ name }) => name);
    expect(names).toEqual(["step/mlp-sgd", "step/mlp-adam", "step/mlp12", "step/cnn", "step/tiny"]);
    expect(names).toEqual(stepCases.map(({ name }) => name));
    expect(benchmarkSuite(everyTrait).length).toBeLessThan(suite.length);
  });
});

describe("figures", () => {
  it("holds each part of the work against its own bound", () => {
    const parts = [
      { flops: 4e9, bytes: 1e6 },
      { flops: 1e6, bytes: 2e9 },
    ];
    const rates = ratesOf(parts, 1000, { gflops: 8, gigabytesPerSecond: 4 });
    expect(rates.gflops).toBeCloseTo(4.001);
    expect(rates.gigabytesPerSecond).toBeCloseTo(2.001);
    expect(rates.shareOfRoofline).toBeCloseTo(0.5 + 0.5);
  });

  it("takes noise from the middle of the samples", () => {
    expect(noiseOf([10, 10, 10, 10, 90])).toBe(0);
    expect(noiseOf([9, 10, 11])).toBeCloseTo(0.3);
  });
});

describe("baselines", () => {
  const adapter = { description: "a GPU" } as AdapterSummary;
  const peaks = { gflops: 1, gigabytesPerSecond: 1 };
  const stored = (median: number) =>
    JSON.stringify(
      benchDocument(adapter, peaks, [
        {
          row: { ...row, measured: { ...measured, milliseconds: { min: 1, median, max: 99 } } },
          compared: null,
        },
        { row: failed, compared: null },
      ]),
    );

  it("reads what a run stored and compares beyond noise", () => {
    const baseline = parseBaseline(stored(10), "test");
    expect(baseline).toMatchObject({ adapter: "a GPU" });
    expect(baseline.rows.size).toBe(1);
    expect(compareRow(row, baseline)).toEqual({ ratio: 1, limit: 1.1, regression: false });
    expect(compareRow(row, parseBaseline(stored(9), "test"))?.regression).toBe(true);
    expect(compareRow(row, parseBaseline(stored(20), "test"))).toMatchObject({
      ratio: 0.5,
      regression: false,
    });
    expect(compareRow(failed, baseline)).toBeNull();
    expect(compareRow({ ...row, case: "5×5×5" }, baseline)).toBeNull();
  });

  it("refuses other files", () => {
    for (const text of ["", "[]", '{"adapter": {}}'])
      expect(() => parseBaseline(text, "test")).toThrow(DataError);
  });

  it("shows no time of what is wrong", () => {
    const rows = [row, failed].map((one) => ({ row: one, compared: null }));
    const document = benchDocument(adapter, peaks, rows);
    expect(document.rows[0]).toMatchObject({
      milliseconds: { median: 10 },
      gflops: 2,
      compileMilliseconds: 12,
    });
    expect(document.rows[1]).toMatchObject({ milliseconds: null, error: failed.error });
    const text = benchText(peaks, rows);
    expect(text).toContain("Wrong, so not timed:");
    expect(text).toContain(`matmul 4×4×4 matmul/wrong: ${failed.error}`);
  });
});

function rowKeyOf(given: KernelCase): string {
  return `${given.name} ${given.case}`;
}

/** The same axes, at most 7 long, so that the whole is soon computed; 3 stays, being a window. */
function shrink(given: KernelCase): KernelCase {
  const sample = Object.fromEntries(Object.keys(given.sample).map((axis) => [axis, 1]));
  const inputs = given.inputs.map((input) => ({
    ...input,
    // Even, since some are halved.
    shape: input.shape.map((size) => Math.min(size, 8)),
  }));
  return { ...given, inputs, sample };
}
