import { expect, it } from "vitest";
import { foldGrid, maxWorkgroupsPerDimension } from "../../src/kernels/grid.ts";

it("leaves a grid alone that fits one dimension", () => {
  for (const workgroups of [0, 1, 65_534, maxWorkgroupsPerDimension])
    expect(foldGrid(workgroups)).toEqual([workgroups, 1]);
});

it("folds what exceeds it: nothing is lost, and less than a row is added", () => {
  for (const workgroups of [65_536, 65_537, 131_070, 131_071, 1_000_003, 65_535 ** 2]) {
    const [x, y] = foldGrid(workgroups);
    expect(x).toBeLessThanOrEqual(maxWorkgroupsPerDimension);
    expect(y).toBeLessThanOrEqual(maxWorkgroupsPerDimension);
    expect(x * y).toBeGreaterThanOrEqual(workgroups);
    expect(x * y - workgroups).toBeLessThan(y);
  }
});

it("refuses what no dispatch holds", () => {
  expect(() => foldGrid(65_535 ** 2 + 1)).toThrow("fit no dispatch");
});
