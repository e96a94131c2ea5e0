/** Random ops by their f64 references: what the device is held against bit by bit in test/ops. */
import { describe, expect, it } from "vitest";
import { UsageError } from "../../src/device/errors.ts";
import { constantTensor } from "../../src/graph/leaves.ts";
import type { Tensor } from "../../src/graph/tensor.ts";
import { RandomStream } from "../../src/kernels/philox.ts";
import { firstStep } from "../../src/kernels/step.ts";
import { alphaDropout } from "../../src/ops/alphaDropout.ts";
import { channelDropout } from "../../src/ops/channelDropout.ts";
import * as random from "../../src/random.ts";
import { evaluateOnCpu } from "../../src/reference/executor.ts";

const drawn = (tensor: Tensor, index = 0, seedLow = 0) => [
  ...(evaluateOnCpu([tensor], { step: { ...firstStep, index, seedLow } })[0] ?? []),
];
const take = (count: number, next: () => number) => Array.from({ length: count }, next);
const mean = (list: readonly number[]) => list.reduce((sum, value) => sum + value, 0) / list.length;

describe("random numbers", () => {
  it("are those of the host's stream with the step's number", () => {
    const host = () => new RandomStream(9, 4, 3);
    const [uniform, normal] = [host(), host()];
    const options = { stream: 4 };
    expect(drawn(random.uniform([11], options), 3, 9)).toEqual(take(11, () => uniform.uniform()));
    const expected = take(11, () => normal.normal());
    for (const [index, value] of drawn(random.normal([11], options), 3, 9).entries())
      expect(value).toBeCloseTo(expected[index] ?? Number.NaN, 12);
    const below = host();
    const coin = drawn(random.bernoulli([50], { ...options, probability: 0.25 }), 3, 9);
    expect(coin).toEqual(take(50, () => Number(below.uniform() < 0.25)));
  });

  it("of a step are not those of the host's own stream, and do not come again in another step, stream or seed", () => {
    const first = drawn(random.uniform([64], { stream: 1 }));
    const own = new RandomStream(0, 1);
    const others = [
      take(64, () => own.uniform()),
      drawn(random.uniform([64], { stream: 1 }), 1),
      drawn(random.uniform([64], { stream: 2 })),
      drawn(random.uniform([64], { stream: 1 }), 0, 1),
    ];
    for (const other of others) expect(other.filter((value) => first.includes(value)).length).toBe(0);
    expect(drawn(random.uniform([64], { stream: 1 }))).toEqual(first);
  });

  it("refuse what is out of range", () => {
    expect(() => random.uniform([3], { stream: -1 })).toThrow(UsageError);
    expect(() => random.uniform([3, 0], { stream: 0 })).toThrow(UsageError);
    expect(() => random.normal([3], { stream: 0, mean: Number.NaN })).toThrow(UsageError);
    expect(() => random.bernoulli([3], { stream: 0, probability: 1.5 })).toThrow(UsageError);
    expect(() => random.permutation(0, { stream: 0 })).toThrow(UsageError);
    expect(() => new RandomStream(0, 0, -1)).toThrow(UsageError);
  });
});

describe("permutations", () => {
  it.each([1, 2, 3, 7, 64, 65, 1000])("of %i have every number once", (count) => {
    const order = drawn(random.permutation(count, { stream: 0 }));
    expect([...order].sort((a, b) => a - b)).toEqual(take(count, () => 0).map((_, index) => index));
  });

  it("of 4 and of 5 come in every order about as often", () => {
    for (const [count, orders] of [
      [4, 24],
      [5, 120],
    ] as const) {
      const seen = new Map<string, number>();
      const steps = orders * 100;
      for (let step = 0; step < steps; step++) {
        const key = drawn(random.permutation(count, { stream: 0 }), step).join();
        seen.set(key, (seen.get(key) ?? 0) + 1);
      }
      expect(seen.size).toBe(orders);
      const chiSquared = [...seen.values()].reduce((sum, times) => sum + (times - 100) ** 2 / 100, 0);
      // Mean orders − 1, standard deviation √(2 · (orders − 1)): within four of these.
      expect(Math.abs(chiSquared - (orders - 1))).toBeLessThan(4 * Math.sqrt(2 * (orders - 1)));
    }
  });

  it("of 16 fill the network's domain and are odd as often as even", () => {
    const parities = Array.from({ length: 1000 }, (_, step) => {
      const order = drawn(random.permutation(16, { stream: 0 }), step);
      return (
        order.flatMap((a, i) => order.slice(i + 1).map((b) => Number(a > b))).reduce((x, y) => x + y) % 2
      );
    });
    expect(Math.abs(mean(parities) - 0.5)).toBeLessThan((4 * 0.5) / Math.sqrt(1000));
  });

  it("leave neighbours no nearer to each other than chance has it", () => {
    const count = 1000;
    const steps = Array.from({ length: 20 }, (_, step) =>
      drawn(random.permutation(count, { stream: 7 }), step),
    );
    const distances = steps.flatMap((order) =>
      order.slice(1).map((value, index) => Math.abs(value - (order[index] ?? 0))),
    );
    // Of two places drawn at random: a third of the range, with a standard deviation of √2 / 6 of it.
    const error = ((Math.SQRT2 / 6) * count) / Math.sqrt(distances.length);
    expect(Math.abs(mean(distances) - (count + 1) / 3)).toBeLessThan(5 * error);
  });
});

describe("dropout of channels", () => {
  it("drops whole channels of single examples and scales the rest", () => {
    const x = constantTensor(new Float32Array(40 * 6 * 10).fill(1), { shape: [40, 2, 3, 10], dtype: "f32" });
    const out = drawn(channelDropout(x, { rate: 0.25, stream: 0 }));
    const channel = (example: number, at: number) =>
      take(6, () => 0).map((_, pixel) => out[(example * 6 + pixel) * 10 + at]);
    const first = Array.from({ length: 400 }, (_, pair) => channel(Math.floor(pair / 10), pair % 10));
    for (const pixels of first) expect(new Set(pixels).size).toBe(1);
    expect(new Set(out.map((value) => value.toFixed(6)))).toEqual(
      new Set(["0.000000", (1 / 0.75).toFixed(6)]),
    );
    expect(Math.abs(mean(first.map(([value]) => Number(value === 0))) - 0.25)).toBeLessThan(0.09);
  });

  it("alphaDropout keeps mean 0 and variance 1", () => {
    const count = 40_000;
    const normal = new RandomStream(1).fillNormal(new Float32Array(count));
    const x = constantTensor(normal, { shape: [count], dtype: "f32" });
    const out = drawn(alphaDropout(x, { rate: 0.3, stream: 0 }));
    expect(Math.abs(mean(out))).toBeLessThan(0.03);
    expect(Math.abs(mean(out.map((value) => value ** 2)) - 1)).toBeLessThan(0.04);
  });
});
