import "../kernels/generated/randomPermutation.ts";
import { UsageError } from "../device/errors.ts";
import { defineOp } from "../graph/op.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import { defineKernel } from "../kernels/kernel.ts";
import type { StreamOptions } from "./random_draw.ts";
import { drawGroups, drawVectors, expectDraw } from "./random_draw.ts";

export interface PermutationAttributes extends StreamOptions {
  readonly count: number;
}

/** The network's halves: together the fewest bits that hold every place, at least one each. */
export function permutationBits(count: number): { low: number; high: number } {
  const bits = Math.max(2, Math.ceil(Math.log2(count)));
  return { low: Math.floor(bits / 2), high: Math.ceil(bits / 2) };
}

const largest = 2 ** 30;

export const randomPermutationOp = defineOp<PermutationAttributes>({
  name: "randomPermutation",
  inputs: [],
  outputs: ["out"],
  type: (_, { count }) => [{ shape: [count], dtype: "u32" }],
  kernels: [
    defineKernel<"randomPermutation/feistel", PermutationAttributes>({
      file: "randomPermutation/feistel",
      params: (request) => {
        const { stream, count } = request.attributes;
        const { low, high } = permutationBits(count);
        return { vectors: drawVectors(request), stream, count, low_bits: low, high_bits: high };
      },
      workgroups: drawGroups,
    }),
  ],
});

/**
 * 0 … count − 1 in random order, u32 [count], drawn anew in each step: from the engine's seed, the step's number and the
 * stream. A Feistel network of twelve rounds with random keys takes each place to its number (Black and Rogaway, "Ciphers
 * with arbitrary finite domains", 2002), so no place waits for another and nothing is sorted.
 * @param options `stream`
 * @throws UsageError where the count is no integer from 1 to 2³⁰, or the stream is no u32
 */
export function randomPermutation(count: number, options: StreamOptions): Tensor {
  expectDraw("random.permutation", [count], options.stream);
  if (count > largest) {
    throw new UsageError({
      where: "random.permutation",
      problem: "too many places",
      got: String(count),
      expected: "at most 2³⁰",
    });
  }
  return apply(randomPermutationOp, [], { count, stream: options.stream });
}
