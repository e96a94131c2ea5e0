import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { ShapeError, UsageError } from "../../src/device/errors.ts";
import { RandomStream } from "../../src/kernels/philox.ts";
import type { Shape } from "../../src/kernels/types.ts";
import { elementCount } from "../../src/kernels/types.ts";
import type { Initializer, InitializerName } from "../../src/nn/index.ts";
import {
  identity,
  initializerNamed,
  initializerNames,
  normal,
  orthogonal,
  truncatedNormal,
  uniform,
} from "../../src/nn/index.ts";

function draw(initializer: Initializer, shape: Shape, seed = 5): Float32Array {
  const values = new Float32Array(elementCount(shape));
  initializer(values, shape, new RandomStream(seed, 2));
  return values;
}

const mean = (values: ArrayLike<number>) => Array.from(values).reduce((a, b) => a + b, 0) / values.length;
const deviation = (values: Float32Array) => Math.sqrt(mean(values.map((value) => value * value)));

describe("bits", () => {
  // The first bytes of SHA-256 of the f32 of a filter [3, 3, 4, 8], seed 5, stream 2.
  const expected: Readonly<Record<InitializerName, string>> = {
    zeros: "4cf9816ed1062189",
    ones: "0bcab23409198515",
    uniform: "2c48cba3c999cc3e",
    normal: "c8289245ec5c8839",
    smallNormal: "c122107b367727cf",
    truncatedNormal: "f1f29a3fa677ff8d",
    glorotNormal: "60f33ef50c2b2296",
    glorotUniform: "9904970824d30b10",
    heNormal: "dad5338176b8b57b",
    heUniform: "ffaf66924851c7c6",
    lecunNormal: "1093889455044bc4",
    lecunUniform: "4314f1f3b85cc327",
    orthogonal: "0fa2a54c39bc103d",
    identity: "2212598ebd4bcf9f",
  };

  test.each(initializerNames)("%s is the same on every machine", (name) => {
    const values = draw(initializerNamed(name), [3, 3, 4, 8]);
    const hash = createHash("sha256").update(new Uint8Array(values.buffer)).digest("hex");
    expect(hash.slice(0, 16)).toBe(expected[name]);
  });
});

describe("distributions", () => {
  const shape = [3, 3, 16, 32] as const;
  const [fanIn, fanOut] = [9 * 16, 9 * 32];
  const variances: Partial<Record<InitializerName, number>> = {
    uniform: 0.1 ** 2 / 12,
    normal: 0.05 ** 2,
    smallNormal: 0.01 ** 2,
    truncatedNormal: (0.05 * 0.87963) ** 2,
    glorotNormal: 2 / (fanIn + fanOut),
    glorotUniform: 2 / (fanIn + fanOut),
    heNormal: 2 / fanIn,
    heUniform: 2 / fanIn,
    lecunNormal: 1 / fanIn,
    lecunUniform: 1 / fanIn,
  };

  test.each(Object.entries(variances))("%s has its variance", (name, variance) => {
    const values = draw(initializerNamed(name), shape);
    // Within four standard deviations of a mean, and of a variance, of so many normal numbers.
    expect(Math.abs(mean(values))).toBeLessThan(4 * Math.sqrt(variance / values.length));
    expect(Math.abs(deviation(values) ** 2 / variance - 1)).toBeLessThan(4 * Math.sqrt(2 / values.length));
  });

  test("truncated means within two deviations", () => {
    const values = draw(truncatedNormal(1, 0.5), [100, 100]);
    expect(Math.max(...values)).toBeLessThanOrEqual(2);
    expect(Math.max(...values)).toBeGreaterThan(1.9);
    expect(Math.min(...values)).toBeGreaterThanOrEqual(0);
    expect(() => truncatedNormal(0, -1)).toThrow(/^truncatedNormal: wrong standard deviation/);
    expect(() => normal(0, Number.NaN)).toThrow(UsageError);
    expect(draw(uniform(2, 3), [9, 9]).every((value) => value >= 2 && value <= 3)).toBe(true);
  });
});

describe("orthogonal", () => {
  /** Furthest from the identity times gain² among products of the rows, or of the columns. */
  function error(values: Float32Array, rows: number, columns: number, gain: number): number {
    const across = columns <= rows;
    const [short, long] = across ? [columns, rows] : [rows, columns];
    const at = (one: number, i: number) =>
      values[across ? i * columns + one : one * columns + i] ?? Number.NaN;
    let worst = 0;
    for (let a = 0; a < short; a++) {
      for (let b = 0; b <= a; b++) {
        let product = 0;
        for (let i = 0; i < long; i++) product += at(a, i) * at(b, i);
        worst = Math.max(worst, Math.abs(product - (a === b ? gain * gain : 0)));
      }
    }
    return worst;
  }

  test.each([
    [[1, 1], 1],
    [[5, 5], 1],
    [[64, 64], Math.SQRT2],
    [[70, 9], 1],
    [[9, 70], 3],
    [[3, 3, 4, 8], 1],
    [[3, 3, 2, 30], 1],
  ])("%j with gain %d", (shape, gain) => {
    const columns = shape.at(-1) ?? 1;
    const values = draw(orthogonal(gain), shape);
    expect(error(values, values.length / columns, columns, gain)).toBeLessThan(1e-6 * gain * gain);
  });

  test("is spread evenly: neither sign is likelier anywhere", () => {
    // Without the correction of signs, the diagonal of a QR decomposition leans to one side.
    const corners = Array.from({ length: 400 }, (_, seed) => draw(orthogonal(), [3, 3], seed));
    for (let at = 0; at < 9; at++) {
      const values = corners.map((matrix) => matrix[at] ?? Number.NaN);
      // Each element of such a matrix has mean 0 and variance 1 / 3.
      expect(Math.abs(mean(values))).toBeLessThan(4 * Math.sqrt(1 / 3 / 400));
      expect(Math.abs(mean(values.map((value) => value * value)) - 1 / 3)).toBeLessThan(0.08);
    }
    const ones = Array.from({ length: 64 }, (_, seed) => draw(orthogonal(), [1, 1], seed)[0]);
    expect(new Set(ones)).toEqual(new Set([1, -1]));
  });

  test("wants a matrix", () => {
    expect(() => draw(orthogonal(), [4])).toThrow(ShapeError);
    expect(() => draw(identity(), [4])).toThrow(/^identity/);
    expect(() => orthogonal(Number.NaN)).toThrow(UsageError);
  });
});

test("identity passes channels on, in filters at the centre", () => {
  expect([...draw(identity(2), [2, 3])]).toEqual([2, 0, 0, 0, 2, 0]);
  const filter = draw(identity(), [3, 3, 2, 2]);
  expect([...filter.slice(16, 20)]).toEqual([1, 0, 0, 1]);
  expect(filter.reduce((a, b) => a + b, 0)).toBe(2);
});

test("an unknown name is refused with those that there are", () => {
  expect(() => initializerNamed("orthagonal")).toThrow(/orthogonal/);
});
