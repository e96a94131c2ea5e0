import { describe, expect, test } from "vitest";
import {
  accuracyOf,
  classScoresOf,
  confusionMatrixOf,
  macroAverage,
  rSquaredOf,
} from "../../src/training/metrics/derived.ts";
import { rollingVariance } from "../../src/training/rolling_variance.ts";

describe("what follows from a confusion matrix", () => {
  const matrix = confusionMatrixOf([5, 1, 0, 2, 3, 0, 0, 1, 0], ["a", "b", "c"]);

  test("accuracy, precision, recall and F1", () => {
    expect(matrix.counts).toEqual([
      [5, 1, 0],
      [2, 3, 0],
      [0, 1, 0],
    ]);
    expect(accuracyOf(matrix)).toBe(8 / 12);
    const scores = classScoresOf(matrix);
    expect(scores[0]).toEqual({ class: "a", precision: 5 / 7, recall: 5 / 6, f1: 10 / 13, support: 6 });
    expect(scores[1]).toEqual({ class: "b", precision: 3 / 5, recall: 3 / 5, f1: 6 / 10, support: 5 });
    expect(scores[2]).toEqual({ class: "c", precision: 0, recall: 0, f1: 0, support: 1 });
    expect(macroAverage(scores, "recall")).toBeCloseTo((5 / 6 + 3 / 5) / 3, 12);
  });

  test("R² is 1 without residuals, 0 for the mean, and none where nothing varies", () => {
    expect(rSquaredOf(0, 2, 10)).toBe(1);
    expect(rSquaredOf(20, 2, 10)).toBe(0);
    expect(rSquaredOf(40, 2, 10)).toBe(-1);
    expect(rSquaredOf(1, 0, 10)).toBeNaN();
  });
});

describe("rollingVariance", () => {
  test("is each window's own variance", () => {
    expect([...rollingVariance([1, 3, 3, 7], 2)]).toEqual([1, 0, 4]);
    expect([...rollingVariance([1, 2, 3], 3)]).toEqual([2 / 3]);
    expect([...rollingVariance([4, 5], 1)]).toEqual([0, 0]);
    expect([...rollingVariance([1, 2], 3)]).toEqual([]);
  });

  test("keeps its digits far from 0", () => {
    const trace = Float64Array.of(1e9, 1e9 + 1, 1e9 + 2, 1e9 + 3);
    for (const value of rollingVariance(trace, 3)) expect(value).toBeCloseTo(2 / 3, 9);
  });

  test("refuses windows that are none", () => {
    expect(() => rollingVariance([1], 0)).toThrow(/window/);
    expect(() => rollingVariance([1], 1.5)).toThrow(/window/);
  });
});
