/** The checks that need no adapter: each must report what it is there for. */
import { describe, expect, it } from "vitest";
import type { Evaluate } from "../../src/autograd/gradient_check.ts";
import { checkGradient } from "../../src/autograd/gradient_check.ts";
import type { Tensor } from "../../src/graph/tensor.ts";
import { apply } from "../../src/graph/tensor.ts";
import { mul, mulOp } from "../../src/ops/mul.ts";
import { evaluateOnCpu } from "../../src/reference/executor.ts";
import { allowanceOf, compareValues } from "../../src/validation/compare.ts";
import { need } from "../../src/validation/kit/shapes.ts";

describe("comparing", () => {
  const exactly = () => 0;
  const loosely = () => 1;
  const f64 = (...values: number[]) => Float64Array.from(values);

  it("takes NaN for NaN and for nothing else", () => {
    expect(compareValues(f64(Number.NaN), f64(Number.NaN), loosely).mismatch).toBeNull();
    for (const other of [0, 1, Number.POSITIVE_INFINITY]) {
      expect(compareValues(f64(Number.NaN), f64(other), loosely).mismatch).toMatchObject({ index: 0 });
      expect(compareValues(f64(other), f64(Number.NaN), loosely).mismatch).toMatchObject({ index: 0 });
    }
  });

  it("takes an infinity for itself, and for what overflows to it", () => {
    const infinite = f64(Number.POSITIVE_INFINITY);
    expect(compareValues(infinite, f64(1e39), loosely).mismatch).toBeNull();
    expect(compareValues(infinite, f64(1e38), loosely).mismatch).not.toBeNull();
    expect(compareValues(f64(Number.NEGATIVE_INFINITY), infinite, loosely).mismatch).not.toBeNull();
  });

  it("compares bits where nothing is allowed", () => {
    expect(compareValues(Float32Array.of(0.1), f64(0.1), exactly).mismatch).toBeNull();
    expect(compareValues(f64(0), f64(-0), exactly).mismatch).not.toBeNull();
    const large = Uint32Array.of(2 ** 32 - 1);
    expect(compareValues(large, large, exactly).mismatch).toBeNull();
    expect(compareValues(large, Uint32Array.of(2 ** 32 - 2), exactly).mismatch).not.toBeNull();
  });

  it("tells the first bad element and the worst share", () => {
    const { worst, mismatch } = compareValues(f64(0, 1, 4), f64(0, 3, 0), loosely);
    expect(mismatch).toEqual({ index: 1, got: 1, expected: 3, error: 2, allowed: 1 });
    expect(worst).toBe(4);
  });

  it("allows what the tolerances say", () => {
    const expected = f64(-10, 0);
    const never = () => expect.fail("the case says the magnitude");
    expect(allowanceOf({ kind: "elementwise" }, expected, never)(0)).toBeCloseTo(1e-5 + 1.3e-5, 12);
    const unit = 2 * 2 * 2 ** -23;
    expect(allowanceOf({ kind: "reduction", terms: 4, magnitude: 50 }, expected, never)(1)).toBe(unit * 50);
    expect(allowanceOf({ kind: "reduction", terms: 4 }, expected, () => f64(20, 8))(1)).toBe(unit * 8);
    expect(allowanceOf({ kind: "elementwise" }, Uint32Array.of(7), never)(0)).toBe(0);
  });
});

describe("checking gradients", () => {
  const evaluate: Evaluate = (tensors, inputs) => evaluateOnCpu(tensors, { inputs });
  const type = { shape: [3], dtype: "f32" } as const;
  const inputs = [
    { type, values: Float64Array.of(1, 2, 3) },
    { type, values: Float64Array.of(-1, 0.5, 2) },
  ];
  const cube = ([x, y]: readonly Tensor[]) => mul(mul(need(x), need(x)), need(y));

  it("agrees with right gradients in both orders, cotangent included", async () => {
    const checks = await checkGradient(cube, inputs, { evaluate, order: 2 });
    expect(checks.map(({ order, input, ok }) => [order, input, ok])).toEqual([
      [1, "0", true],
      [1, "1", true],
      [2, "0", true],
      [2, "1", true],
      [2, "cotangent", true],
    ]);
  });

  it("reports a wrong gradient, its place and both numbers", async () => {
    const wrongOp: typeof mulOp = {
      ...mulOp,
      vjp: (dy, saved) => [mul(dy, saved("b")), mul(dy, saved("b"))],
    };
    const wrong = ([x, y]: readonly Tensor[]) => apply(wrongOp, [need(x), need(y)], null);
    const [left, right] = await checkGradient(wrong, inputs, { evaluate });
    expect(left?.ok).toBe(true);
    expect(right?.ok).toBe(false);
    const { index = -1, analytic = 0, numeric = 0 } = right ?? {};
    const [x, y] = inputs.map(({ values }) => values[index] ?? 0);
    expect(analytic / numeric).toBeCloseTo((y ?? 0) / (x ?? 0), 6);
  });

  it("reports a gradient that is not finite", async () => {
    const infinite = inputs.map((input) => ({ ...input, values: Float64Array.of(Number.NaN, 1, 1) }));
    const [check] = await checkGradient(cube, infinite, { evaluate });
    expect(check).toMatchObject({ ok: false, index: 0, worst: Number.POSITIVE_INFINITY });
  });

  it("leaves its point as it was", async () => {
    const before = inputs.map(({ values }) => [...values]);
    await checkGradient(cube, inputs, { evaluate, order: 2 });
    expect(inputs.map(({ values }) => [...values])).toEqual(before);
  });
});
