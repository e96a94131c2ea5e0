import { uniform01 } from "../kernels/philox.ts";
import { wordsOf } from "./random.ts";
import type { Reference } from "./reference.ts";
import { count } from "./reference.ts";

interface Attributes {
  readonly shape: readonly number[];
  readonly stream: number;
  readonly low: number;
  readonly high: number;
}

export const reference: Reference<Attributes> = (_, { shape, stream, low, high }, { step }) => [
  Float64Array.from(wordsOf(count(shape), stream, step), (word) => low + (high - low) * uniform01(word)),
];
