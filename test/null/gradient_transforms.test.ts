import { describe, expect, test } from "vitest";
import { gradient } from "../../src/autograd/gradient.ts";
import { UsageError } from "../../src/device/errors.ts";
import { constantTensor, stateTensor } from "../../src/graph/leaves.ts";
import type { Tensor } from "../../src/graph/tensor.ts";
import { RandomStream } from "../../src/kernels/philox.ts";
import { firstStep } from "../../src/kernels/step.ts";
import * as nn from "../../src/nn/index.ts";
import type { ParameterSet } from "../../src/nn/parameters.ts";
import {
  clipByGlobalNorm,
  clipByNorm,
  clipByValue,
  gradientNoise,
  maxNorm,
  penalty,
  regularize,
} from "../../src/optim/index.ts";
import { evaluateOnCpu } from "../../src/reference/executor.ts";

/** Weights of 9 · 40 · 7 and 3 · 3 · 2 · 5 elements, biases, scales: longer and shorter than a part of a norm. */
const parameters: ParameterSet = nn
  .sequential([
    nn.conv2d({ filters: 5, kernel: 3, padding: "same", biasInitializer: nn.normal() }),
    nn.batchNorm(),
    nn.flatten(),
    nn.dense(7, { biasInitializer: nn.uniform(-1, 1) }),
  ])
  .build([9, 8, 2], { seed: 3 });

/** Gradients as `pack` lays them out: anything may lie between them. */
const packed: Float32Array = (() => {
  const flat = new Float32Array(parameters.length).fill(Number.NaN);
  parameters.parameters.forEach((parameter, index) => {
    new RandomStream(17, index).fillNormal(parameter.slice(flat), 0, 1 + index);
  });
  return flat;
})();

const flatTensor = (values: Float32Array): Tensor =>
  constantTensor(values, { shape: [values.length], dtype: "f32" });

const run = (tensor: Tensor, step = {}): Float64Array =>
  Float64Array.from(evaluateOnCpu([tensor], { step: { ...firstStep, ...step } })[0] ?? []);

const gradients = flatTensor(packed);
const norm = (values: Iterable<number>): number => Math.hypot(...values);
const each = (flat: Float64Array) =>
  parameters.parameters.map((parameter) => ({ parameter, values: [...parameter.slice(flat)] }));
const given = each(Float64Array.from(packed));

/** What is packed, without what lies between. */
const own: readonly number[] = given.flatMap(({ values }) => values);
const ownOf = (flat: Float64Array): number[] => each(flat).flatMap(({ values }) => values);

describe("clipping", () => {
  test("by value", () => {
    const result = ownOf(run(clipByValue(0.5).apply(gradients, parameters)));
    own.forEach((value, index) => {
      expect(result[index]).toBe(Math.max(-0.5, Math.min(0.5, value)));
    });
  });

  test("by the norm of each parameter", () => {
    const c = 30;
    const result = run(clipByNorm(c).apply(gradients, parameters));
    const lengths = given.map(({ values }) => norm(values));
    expect(Math.min(...lengths)).toBeLessThan(c);
    expect(Math.max(...lengths)).toBeGreaterThan(c);
    each(result).forEach(({ values }, index) => {
      const scale = Math.min(1, c / (lengths[index] ?? 0));
      values.forEach((value, at) => {
        expect(value).toBeCloseTo(scale * (given[index]?.values[at] ?? Number.NaN), 10);
      });
    });
  });

  test("by the norm of all", () => {
    const length = norm(own);
    const clipped = ownOf(run(clipByGlobalNorm(length / 4).apply(gradients, parameters)));
    own.forEach((value, index) => void expect(clipped[index]).toBeCloseTo(value / 4, 6));
    expect(ownOf(run(clipByGlobalNorm(length * 2).apply(gradients, parameters)))).toEqual(own);
    const nothing = flatTensor(new Float32Array(parameters.length));
    expect(run(clipByGlobalNorm(1).apply(nothing, parameters)).every((value) => value === 0)).toBe(true);
  });

  test("bounds that are none are refused", () => {
    for (const make of [clipByValue, clipByNorm, clipByGlobalNorm, maxNorm]) {
      for (const bound of [0, -1, Number.NaN, Number.POSITIVE_INFINITY, 1e-50]) {
        expect(() => make(bound)).toThrow(UsageError);
      }
    }
    expect(() => clipByGlobalNorm(0)).toThrow(/^clipByGlobalNorm\(c\)/);
  });
});

describe("max-norm", () => {
  test("bounds each unit's weights, and nothing else", () => {
    const c = 1.5;
    const values = new Float32Array(packed.map((value) => value / 4));
    const result = run(maxNorm(c).apply(flatTensor(values), parameters));
    let bounded = 0;
    let left = 0;
    for (const { name, kind, shape, length, offset } of parameters.parameters) {
      const units = shape.at(-1) ?? 1;
      for (let unit = 0; unit < units; unit++) {
        const places = Array.from({ length: length / units }, (_, row) => offset + row * units + unit);
        const before = places.map((at) => values[at] ?? Number.NaN);
        const scale = kind === "weight" ? Math.min(1, c / norm(before)) : 1;
        if (kind === "weight") scale < 1 ? bounded++ : left++;
        places.forEach((at, row) => {
          expect(result[at], `${name}, unit ${unit}`).toBeCloseTo(scale * (before[row] ?? Number.NaN), 10);
        });
      }
    }
    expect(bounded).toBeGreaterThan(0);
    expect(left).toBeGreaterThan(0);
  });
});

describe("gradient noise", () => {
  const noise = (step: number, options = {}): Float64Array =>
    run(gradientNoise({ eta: 0.3, ...options }).apply(gradients, parameters), {
      index: step,
      seedLow: 9,
    }).map((value, index) => value - (packed[index] ?? 0));

  test("has the variance that the paper gives it", () => {
    for (const step of [0, 99]) {
      const drawn = each(noise(step)).flatMap(({ values }) => values);
      const variance = drawn.reduce((total, value) => total + value ** 2, 0) / drawn.length;
      const expected = 0.3 / (1 + step) ** 0.55;
      // The variance of n squares has a relative deviation of √(2 / n).
      expect(Math.abs(variance / expected - 1)).toBeLessThan(4 * Math.sqrt(2 / drawn.length));
    }
  });

  test("follows from seed, step and stream", () => {
    expect(noise(3)).toEqual(noise(3));
    expect(noise(3)[0]).not.toBe(noise(4)[0]);
    expect(noise(3)[0]).not.toBe(noise(3, { stream: 1 })[0]);
    expect(() => gradientNoise({ eta: -1 })).toThrow(/gradientNoise\(eta\)/);
    expect(() => gradientNoise({ gamma: Number.NaN })).toThrow(/gradientNoise\(gamma\)/);
    expect(() => gradientNoise({ stream: 0.5 })).toThrow(/gradientNoise\(stream\)/);
  });
});

describe("penalties", () => {
  const options = { weights: { l1: 0.01, l2: 0.1 }, biases: { l2: 0.3 } };

  test("the transform is the gradient of the value", () => {
    const value = penalty(parameters, options);
    const byAutograd = evaluateOnCpu(gradient(value, parameters.tensors));
    const result = run(regularize(options).apply(gradients, parameters));
    each(result).forEach(({ parameter, values }, index) => {
      values.forEach((sum, at) => {
        const added = sum - (parameter.slice(packed)[at] ?? Number.NaN);
        expect(added).toBeCloseTo(byAutograd[index]?.[at] ?? Number.NaN, 6);
      });
    });
  });

  test("the value is Keras'", () => {
    const flat = stateTensor(parameters.state);
    const values = each(run(flat));
    const sums = (kind: string, of: (value: number) => number) =>
      values
        .filter(({ parameter }) => parameter.kind === kind)
        .flatMap((one) => one.values.map(of))
        .reduce((total, value) => total + value, 0);
    const square = (value: number) => value * value;
    const expected =
      0.01 * sums("weight", Math.abs) + 0.1 * sums("weight", square) + 0.3 * sums("bias", square);
    expect(sums("bias", square)).toBeGreaterThan(0.1);
    expect(run(penalty(parameters, options))[0]).toBeCloseTo(expected, 5);
    expect(run(penalty(parameters, {}))[0]).toBe(0);
  });

  test("weights and biases apart; scales never", () => {
    const changedKinds = (given: Parameters<typeof regularize>[0]) => {
      const nothing = flatTensor(new Float32Array(parameters.length));
      const result = each(run(regularize(given).apply(nothing, parameters)));
      const changed = result.filter(({ values }) => values.some((value) => value !== 0));
      return [...new Set(changed.map(({ parameter }) => parameter.kind))].sort();
    };
    expect(changedKinds({ weights: { l1: 1 } })).toEqual(["weight"]);
    expect(changedKinds({ biases: { l2: 1 } })).toEqual(["bias"]);
    expect(changedKinds({ weights: { l2: 1 }, biases: { l1: 1 } })).toEqual(["bias", "weight"]);
  });

  test("what is no penalty is refused", () => {
    expect(() => regularize({})).toThrow(/nothing is penalised/);
    expect(() => regularize({ weights: { l1: -1 } })).toThrow(/regularize\(weights\.l1\)/);
    expect(() => penalty(parameters, { biases: { l2: Number.NaN } })).toThrow(/penalty\(biases\.l2\)/);
    expect(regularize(options).settings).toEqual({
      weightsL1: 0.01,
      weightsL2: 0.1,
      biasesL1: 0,
      biasesL2: 0.3,
    });
  });
});
