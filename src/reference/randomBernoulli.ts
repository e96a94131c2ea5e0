import { uniform01 } from "../kernels/philox.ts";
import { wordsOf } from "./random.ts";
import type { Reference } from "./reference.ts";
import { count } from "./reference.ts";

interface Attributes {
  readonly shape: readonly number[];
  readonly stream: number;
  readonly probability: number;
}

export const reference: Reference<Attributes> = (_, { shape, stream, probability }, { step }) => {
  // The parameter that the kernel compares with is an f32.
  const threshold = Math.fround(probability);
  const words = wordsOf(count(shape), stream, step);
  return [Float64Array.from(words, (word) => Number(uniform01(word) < threshold))];
};
