import type { PermutationAttributes } from "../ops/randomPermutation.ts";
import { wordsOf } from "./random.ts";
import type { Reference } from "./reference.ts";

export const reference: Reference<PermutationAttributes> = (_, { count, stream }, { step }) => {
  const keys = wordsOf(12, stream, step);
  const bits = Math.max(2, Math.ceil(Math.log2(count)));
  const lowSize = 2 ** Math.floor(bits / 2);
  const highSize = 2 ** Math.ceil(bits / 2);
  const once = (index: number): number => {
    let low = index % lowSize;
    let high = Math.floor(index / lowSize);
    keys.forEach((key, round) => {
      if (round % 2 === 0) high = (high + scrambled(low, key)) % highSize;
      else low = (low + scrambled(high, key)) % lowSize;
    });
    return high * lowSize + low;
  };
  return [
    Uint32Array.from({ length: count }, (_, index) => {
      let at = once(index);
      while (at >= count) at = once(at);
      return at;
    }),
  ];
};

/** The last steps of MurmurHash3, on a half and a round's key. */
function scrambled(half: number, key: number): number {
  let h = (Math.imul(half, 0x9e3779b1) + key) >>> 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
