import type { Reference } from "./reference.ts";
import { at, input } from "./reference.ts";

export const reference: Reference<{ readonly limit: number }> = (inputs, { limit }) => {
  const [x, norms, blocks] = [0, 1, 2].map((index) => input(inputs, index).data);
  if (!x || !norms || !blocks) throw new Error("internal: boundNorms without its inputs");
  return [
    Float64Array.from(x, (value, index) => {
      const row = 3 * Math.floor(index / 64);
      const columns = at(blocks, row + 1);
      if (columns === 0) return value;
      const norm = at(norms, at(blocks, row + 2) + ((index - at(blocks, row)) % columns));
      return norm > limit ? (value * limit) / norm : value;
    }),
  ];
};
