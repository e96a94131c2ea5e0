import { describe, expect, it } from "vitest";
import { UsageError } from "../../src/device/errors.ts";
import { philox, RandomStream, seedWords, uniform01 } from "../../src/kernels/philox.ts";

const hex = (words: readonly number[]): string =>
  words.map((word) => word.toString(16).padStart(8, "0")).join(" ");
const ONES = 0xffffffff;

describe("philox", () => {
  // Known answers of Salmon et al. 2011's Random123 library, kat_vectors.
  it("gives the published bits", () => {
    expect(hex(philox([0, 0, 0, 0], [0, 0]))).toBe("6627e8d5 e169c58d bc57ac4c 9b00dbd8");
    expect(hex(philox([ONES, ONES, ONES, ONES], [ONES, ONES]))).toBe("408f276d 41c83b0e a20bc7c6 6d5451fd");
    const pi = philox([0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344], [0xa4093822, 0x299f31d0]);
    expect(hex(pi)).toBe("d16cfe09 94fdcceb 5001e420 24126ea1");
  });

  it("agrees with the definition in 64-bit integers", () => {
    const reference = (counter: number[], key: number[]): number[] => {
      let [a = 0n, b = 0n, c = 0n, d = 0n] = counter.map(BigInt);
      let [k = 0n, l = 0n] = key.map(BigInt);
      const low = (x: bigint): bigint => x & 0xffffffffn;
      for (let round = 0; round < 10; round++) {
        const p = 0xd2511f53n * a;
        const q = 0xcd9e8d57n * c;
        [a, b, c, d] = [(q >> 32n) ^ b ^ k, low(q), (p >> 32n) ^ d ^ l, low(p)];
        [k, l] = [low(k + 0x9e3779b9n), low(l + 0xbb67ae85n)];
      }
      return [a, b, c, d].map(Number);
    };
    const draw = new RandomStream(99);
    for (let trial = 0; trial < 500; trial++) {
      const counter = draw.next4();
      const [k, l] = draw.next4();
      expect(philox(counter, [k, l])).toEqual(reference(counter, [k, l]));
    }
  });
});

describe("uniform01", () => {
  it("stays in [0, 1) and is exact in f32", () => {
    expect(uniform01(0)).toBe(0);
    expect(uniform01(ONES)).toBe(1 - 2 ** -24);
    expect(Math.fround(uniform01(ONES))).toBe(uniform01(ONES));
    expect(uniform01(0x80000000)).toBe(0.5);
  });
});

describe("RandomStream", () => {
  it("reads blocks of its seed and stream in order", () => {
    const stream = new RandomStream(0x1234567890abcdefn, 7);
    const key = [0x90abcdef, 0x12345678] as const;
    expect(stream.next4()).toEqual(philox([0, 0, 7, 0], key));
    expect(stream.uniform()).toBe(uniform01(philox([1, 0, 7, 0], key)[0]));
    expect(stream.uniform()).toBe(uniform01(philox([1, 0, 7, 0], key)[1]));
    expect(stream.next4()).toEqual(philox([2, 0, 7, 0], key));
  });

  it("differs by seed and by stream, and repeats for the same", () => {
    const draw = (seed: number, stream: number): string => hex(new RandomStream(seed, stream).next4());
    expect(draw(1, 0)).toBe(draw(1, 0));
    expect(new Set([draw(1, 0), draw(2, 0), draw(1, 1), draw(0, 1)]).size).toBe(4);
  });

  it("splits seeds of 64 bits and refuses others", () => {
    expect(seedWords(2 ** 32 + 5)).toEqual([5, 1]);
    expect(seedWords((1n << 64n) - 1n)).toEqual([ONES, ONES]);
    for (const seed of [-1, 0.5, 2 ** 53, Number.NaN, -1n, 1n << 64n]) {
      expect(() => new RandomStream(seed)).toThrow(UsageError);
    }
    for (const stream of [-1, 0.5, 2 ** 32]) expect(() => new RandomStream(0, stream)).toThrow(UsageError);
  });

  const moments = (values: Float32Array): { mean: number; deviation: number } => {
    let sum = 0;
    let squares = 0;
    for (const value of values) {
      sum += value;
      squares += value * value;
    }
    const mean = sum / values.length;
    return { mean, deviation: Math.sqrt(squares / values.length - mean * mean) };
  };

  it("has uniform and normal moments", () => {
    const count = 100_000;
    const uniform = moments(new RandomStream(3).fillUniform(new Float32Array(count), -1, 3));
    expect(uniform.mean).toBeCloseTo(1, 1);
    expect(uniform.deviation).toBeCloseTo(4 / Math.sqrt(12), 1);
    const values = new RandomStream(3).fillNormal(new Float32Array(count), 2, 0.5);
    const normal = moments(values);
    // Five standard errors: 0.5 / √n for the mean, 0.5 / √(2n) for the deviation.
    expect(Math.abs(normal.mean - 2)).toBeLessThan((5 * 0.5) / Math.sqrt(count));
    expect(Math.abs(normal.deviation - 0.5)).toBeLessThan((5 * 0.5) / Math.sqrt(2 * count));
    const within = values.filter((value) => Math.abs(value - 2) < 0.5).length / count;
    expect(within).toBeCloseTo(0.6827, 2);
  });

  it("truncates at two standard deviations", () => {
    const values = new RandomStream(5).fillTruncatedNormal(new Float32Array(50_000), 1, 0.1);
    for (const value of values) expect(Math.abs(value - 1)).toBeLessThanOrEqual(0.2 + 1e-6);
    const { mean, deviation } = moments(values);
    expect(Math.abs(mean - 1)).toBeLessThan(0.003);
    expect(deviation / 0.1).toBeCloseTo(0.8796, 2);
  });

  it("bounds integers without bias", () => {
    // 3 · 2³⁰ is the worst case: with a plain modulo the lower third would come up twice as often.
    const stream = new RandomStream(11);
    const bound = 3 * 2 ** 30;
    const counts = [0, 0, 0];
    for (let i = 0; i < 30_000; i++) {
      const value = stream.below(bound);
      expect(value).toBeLessThan(bound);
      const third = Math.floor(value / 2 ** 30);
      counts[third] = (counts[third] ?? 0) + 1;
    }
    for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(500);
    expect(new RandomStream(1).below(1)).toBe(0);
    for (const wrong of [0, -1, 1.5, 2 ** 32 + 1]) expect(() => stream.below(wrong)).toThrow(UsageError);
  });

  it("permutes every index once, with every order of three equally likely", () => {
    expect(new RandomStream(1).permutation(0)).toHaveLength(0);
    expect(new RandomStream(1).permutation(1)).toEqual(new Uint32Array([0]));
    const order = new RandomStream(1).permutation(10_007);
    expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: 10_007 }, (_, i) => i));
    const stream = new RandomStream(2);
    const counts = new Map<string, number>();
    for (let i = 0; i < 12_000; i++) {
      const name = stream.permutation(3).join();
      counts.set(name, (counts.get(name) ?? 0) + 1);
    }
    expect(counts.size).toBe(6);
    for (const count of counts.values()) expect(Math.abs(count - 2_000)).toBeLessThan(5 * Math.sqrt(2_000));
  });
});
