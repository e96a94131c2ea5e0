/**
 * Philox 4×32-10, a counter-based random number generator: Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as
 * easy as 1, 2, 3", SC 2011. `shaders/lib/philox.wgsl` gives the same bits on the GPU.
 */
import { UsageError } from "../device/errors.ts";

export type PhiloxCounter = readonly [number, number, number, number];
export type PhiloxKey = readonly [number, number];
export type PhiloxWords = [number, number, number, number];

const MULTIPLIER_0 = 0xd2511f53;
const MULTIPLIER_1 = 0xcd9e8d57;
const WEYL_0 = 0x9e3779b9;
const WEYL_1 = 0xbb67ae85;
const ROUNDS = 10;

/** High 32 bits of the 64-bit product of two u32, summed from 16-bit halves as the shader does. */
function multiplyHigh(a: number, b: number): number {
  const aLow = a & 0xffff;
  const aHigh = a >>> 16;
  const bLow = b & 0xffff;
  const bHigh = b >>> 16;
  const middle = aHigh * bLow + ((aLow * bLow) >>> 16);
  const carry = aLow * bHigh + (middle & 0xffff);
  return aHigh * bHigh + (middle >>> 16) + (carry >>> 16);
}

/** Four random u32 words: for each key a bijection of the counter. Words above 32 bits wrap. */
export function philox(counter: PhiloxCounter, key: PhiloxKey): PhiloxWords {
  let [w0, w1, w2, w3] = counter;
  let [k0, k1] = key;
  for (let round = 0; round < ROUNDS; round++) {
    const high0 = multiplyHigh(MULTIPLIER_0, w0);
    const low0 = Math.imul(MULTIPLIER_0, w0);
    const high1 = multiplyHigh(MULTIPLIER_1, w2);
    const low1 = Math.imul(MULTIPLIER_1, w2);
    w0 = high1 ^ w1 ^ k0;
    w1 = low1;
    w2 = high0 ^ w3 ^ k1;
    w3 = low0;
    k0 = (k0 + WEYL_0) >>> 0;
    k1 = (k1 + WEYL_1) >>> 0;
  }
  return [w0 >>> 0, w1 >>> 0, w2 >>> 0, w3 >>> 0];
}

/** The upper 24 bits of a u32 as a number in [0, 1): exact in f32, and what `uniform01` of the shader gives. */
export function uniform01(bits: number): number {
  return (bits >>> 8) * 2 ** -24;
}

/** The low and high u32 of a seed: what a kernel's step uniform carries. Throws UsageError unless 0 ≤ seed < 2⁶⁴. */
export function seedWords(seed: number | bigint): [low: number, high: number] {
  if (typeof seed === "number" ? !Number.isSafeInteger(seed) || seed < 0 : seed < 0n || seed >= 1n << 64n) {
    throw new UsageError({
      where: "RandomStream",
      problem: "the seed is out of range",
      got: String(seed),
      expected: "an integer from 0 to 2⁵³ − 1, or a bigint below 2⁶⁴",
    });
  }
  const wide = BigInt(seed);
  return [Number(wide & 0xffffffffn), Number(wide >> 32n)];
}

/** Beyond this many standard deviations `fillTruncatedNormal` draws again. */
const TRUNCATION = 2;

/**
 * Random numbers drawn in order on the host. Streams of one seed are independent: the counter is [block low, block
 * high, stream, 0]. Kernels put a non-zero value in the fourth word, so that they never repeat a host stream; given a step,
 * the counter is [block, step, stream, 2] and the words are those that `random.uniform` and its like draw in that step.
 */
export class RandomStream {
  readonly #key: PhiloxKey;
  readonly #stream: number;
  readonly #step: number | undefined;
  #block = 0;
  #words: PhiloxWords = [0, 0, 0, 0];
  #used = 4;
  #spareNormal: number | undefined;

  /**
   * `seed`: up to 64 bits. `stream`: a u32. `step`: a u32, or none for a stream that is the host's alone. Throws UsageError
   * outside these ranges.
   */
  constructor(seed: number | bigint, stream = 0, step?: number) {
    this.#key = seedWords(seed);
    for (const [name, word] of Object.entries({ stream, step: step ?? 0 })) {
      if (word >>> 0 === word) continue;
      throw new UsageError({ where: "RandomStream", problem: `the ${name} is no u32`, got: String(word) });
    }
    this.#stream = stream;
    this.#step = step;
  }

  /** The next block of four u32 words; what is left of the block that single draws read from is dropped. */
  next4(): PhiloxWords {
    this.#used = 4;
    return this.#nextBlock();
  }

  /** A number in [0, 1) with 24 random bits. */
  uniform(): number {
    return uniform01(this.#nextWord());
  }

  /** A standard normal number, |z| ≤ 6.67, by the method of Box and Muller (1958) in f64. */
  normal(): number {
    const spare = this.#spareNormal;
    if (spare !== undefined) {
      this.#spareNormal = undefined;
      return spare;
    }
    // The radius takes all 32 bits, in (0, 1], so that its logarithm is finite.
    const radius = Math.sqrt(-2 * Math.log((this.#nextWord() + 1) * 2 ** -32));
    const angle = 2 * Math.PI * (this.#nextWord() * 2 ** -32);
    this.#spareNormal = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  }

  /** An integer in [0, bound) without bias, 1 ≤ bound ≤ 2³²: Lemire, "Fast random integer generation", 2019. */
  below(bound: number): number {
    if (!Number.isInteger(bound) || bound < 1 || bound > 2 ** 32) {
      throw new UsageError({
        where: "RandomStream.below",
        problem: "the bound is out of range",
        got: String(bound),
      });
    }
    if (bound === 2 ** 32) return this.#nextWord();
    let word = this.#nextWord();
    if (Math.imul(word, bound) >>> 0 < bound) {
      const biased = (2 ** 32 - bound) % bound;
      while (Math.imul(word, bound) >>> 0 < biased) word = this.#nextWord();
    }
    return multiplyHigh(word, bound);
  }

  /** Fills with uniform numbers in [low, high); rounding to f32 can give `high` itself. Returns its argument. */
  fillUniform<T extends Float32Array>(target: T, low = 0, high = 1): T {
    for (let i = 0; i < target.length; i++) target[i] = low + (high - low) * this.uniform();
    return target;
  }

  /** Fills with normal numbers. Returns its argument. */
  fillNormal<T extends Float32Array>(target: T, mean = 0, standardDeviation = 1): T {
    for (let i = 0; i < target.length; i++) target[i] = mean + standardDeviation * this.normal();
    return target;
  }

  /**
   * Fills with normal numbers, drawn again beyond two standard deviations: the usual weight initialiser. What remains
   * has 0.87963 times the given standard deviation. Returns its argument.
   */
  fillTruncatedNormal<T extends Float32Array>(target: T, mean = 0, standardDeviation = 1): T {
    for (let i = 0; i < target.length; i++) {
      let z = this.normal();
      while (Math.abs(z) > TRUNCATION) z = this.normal();
      target[i] = mean + standardDeviation * z;
    }
    return target;
  }

  /** 0 … n − 1 in random order, every order equally likely (Fisher–Yates). Throws UsageError unless 0 ≤ n ≤ 2³². */
  permutation(n: number): Uint32Array<ArrayBuffer> {
    if (!Number.isInteger(n) || n < 0 || n > 2 ** 32) {
      throw new UsageError({
        where: "RandomStream.permutation",
        problem: "the length is out of range",
        got: String(n),
      });
    }
    const order = Uint32Array.from({ length: n }, (_, i) => i);
    for (let i = n - 1; i > 0; i--) {
      const j = this.below(i + 1);
      const moved = order[i] ?? 0;
      order[i] = order[j] ?? 0;
      order[j] = moved;
    }
    return order;
  }

  #nextWord(): number {
    if (this.#used === 4) {
      this.#words = this.#nextBlock();
      this.#used = 0;
    }
    return this.#words[this.#used++] ?? 0;
  }

  #nextBlock(): PhiloxWords {
    const block = this.#block++;
    if (this.#step !== undefined) return philox([block >>> 0, this.#step, this.#stream, 2], this.#key);
    return philox([block >>> 0, Math.floor(block / 2 ** 32), this.#stream, 0], this.#key);
  }
}
