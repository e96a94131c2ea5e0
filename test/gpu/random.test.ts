/** A million random numbers of the device: the host's bits, moments, and no number twice in two steps. */
import { afterAll, describe, expect, it } from "vitest";
import { RandomStream } from "../../src/kernels/philox.ts";
import { Engine } from "../../src/plan/engine.ts";
import * as random from "../../src/random.ts";
import { openTestDevice } from "../support/open.ts";

const engine = new Engine(await openTestDevice());
afterAll(() => engine.dispose());

const count = 1_000_000;
const seed = { seedLow: 77, seedHigh: 5 };
const wide = (5n << 32n) | 77n;

const step = await engine.compile<never>(
  () => ({
    uniform: random.uniform([count], { stream: 0 }),
    normal: random.normal([count], { stream: 1 }),
    truncated: random.truncatedNormal([count], { stream: 2 }),
    coin: random.bernoulli([count], { stream: 3, probability: 0.3 }),
    order: random.permutation(1000, { stream: 4 }),
  }),
  {},
);
const first = await step.run({}, { ...seed, index: 0 });
const second = await step.run({}, { ...seed, index: 1 });

function momentsOf(values: ArrayLike<number> | undefined): {
  mean: number;
  deviation: number;
  fourth: number;
} {
  const list = Array.from(values ?? []);
  const meanOf = (power: (x: number) => number) => list.reduce((sum, x) => sum + power(x), 0) / list.length;
  const mean = meanOf((x) => x);
  const deviation = Math.sqrt(meanOf((x) => (x - mean) ** 2));
  return { mean, deviation, fourth: meanOf((x) => ((x - mean) / deviation) ** 4) };
}

const near = (got: number, expected: number, allowed: number) =>
  expect(Math.abs(got - expected)).toBeLessThan(allowed);

describe("a million random numbers", () => {
  it("are the host's, bit by bit", () => {
    const host = new RandomStream(wide, 0, 1);
    const wrong = Array.from(second["uniform"] ?? []).findIndex((value) => value !== host.uniform());
    expect(wrong).toBe(-1);
    const coin = new RandomStream(wide, 3, 0);
    const threshold = Math.fround(0.3);
    const flipped = Array.from(first["coin"] ?? []).findIndex(
      (value) => value !== Number(coin.uniform() < threshold),
    );
    expect(flipped).toBe(-1);
  });

  it("have the host's normal numbers", () => {
    const host = new RandomStream(wide, 1, 0);
    const worst = Array.from(first["normal"] ?? []).reduce((most, value) => {
      const expected = host.normal();
      return Math.max(most, Math.abs(value - expected) / (1e-5 + 1.3e-6 * Math.abs(expected)));
    }, 0);
    expect(worst).toBeLessThan(1);
  });

  // Bounds are five standard errors of a million draws, or more.
  it("have the moments of their distributions", () => {
    const uniform = momentsOf(first["uniform"]);
    near(uniform.mean, 0.5, 0.0015);
    near(uniform.deviation, 1 / Math.sqrt(12), 0.0007);
    const normal = momentsOf(first["normal"]);
    near(normal.mean, 0, 0.005);
    near(normal.deviation, 1, 0.004);
    near(normal.fourth, 3, 0.05);
    const truncated = momentsOf(first["truncated"]);
    near(truncated.mean, 0, 0.0045);
    near(truncated.deviation, 0.8796257, 0.003);
    expect(Array.from(first["truncated"] ?? []).every((value) => Math.abs(value) <= 2)).toBe(true);
    near(momentsOf(first["coin"]).mean, 0.3, 0.0023);
  });

  it("do not come again in the next step", () => {
    for (const name of ["normal", "truncated", "uniform"]) {
      const again = Array.from(first[name] ?? []).filter((value, index) => value === second[name]?.[index]);
      // A number of 24 bits agrees with another one once in sixteen million times.
      expect(again.length).toBeLessThan(10);
    }
    const moved = Array.from(first["order"] ?? []).filter(
      (value, index) => value === second["order"]?.[index],
    );
    expect(moved.length).toBeLessThan(10);
  });
});
