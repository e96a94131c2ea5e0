import type { NormalAttributes } from "../ops/random_normal.ts";
import { scalar as erf } from "./erf.ts";
import { wordsOf } from "./random.ts";
import type { Reference } from "./reference.ts";
import { count } from "./reference.ts";

export const reference: Reference<NormalAttributes> = (_, attributes, { step }) => {
  const { shape, stream, mean, standardDeviation } = attributes;
  const within = erf(Math.SQRT2);
  const words = wordsOf(count(shape), stream, step);
  return [
    Float64Array.from(words, (word) => {
      const centred = (2 * (word >>> 8) + 1) / 2 ** 24 - 1;
      return mean + standardDeviation * Math.SQRT2 * inverseErf(centred * within);
    }),
  ];
};

/** Newton's method from 0, which nears the root from one side, since erf bends one way on either side of 0. */
function inverseErf(x: number): number {
  let y = 0;
  for (let turn = 0; turn < 60; turn++) {
    const next = y + ((x - erf(y)) * Math.sqrt(Math.PI) * Math.exp(y * y)) / 2;
    if (Math.abs(next - y) < 1e-15) return next;
    y = next;
  }
  return y;
}
