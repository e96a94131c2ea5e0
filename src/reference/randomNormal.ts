import type { NormalAttributes } from "../ops/random_normal.ts";
import { wordsOf } from "./random.ts";
import type { Reference } from "./reference.ts";
import { count } from "./reference.ts";

export const reference: Reference<NormalAttributes> = (_, attributes, { step }) => {
  const { shape, stream, mean, standardDeviation } = attributes;
  const size = count(shape);
  const words = wordsOf(size + 1, stream, step);
  const out = new Float64Array(size);
  for (let pair = 0; pair < size; pair += 2) {
    const radius = Math.sqrt(-2 * Math.log(((words[pair] ?? 0) + 1) / 2 ** 32));
    const angle = (2 * Math.PI * (words[pair + 1] ?? 0)) / 2 ** 32;
    out[pair] = mean + standardDeviation * radius * Math.cos(angle);
    if (pair + 1 < size) out[pair + 1] = mean + standardDeviation * radius * Math.sin(angle);
  }
  return [out];
};
