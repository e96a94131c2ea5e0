import type { ConcatAttributes } from "../ops/concat.ts";
import type { Reference } from "./reference.ts";
import { count, input } from "./reference.ts";

export const reference: Reference<ConcatAttributes> = (inputs, { axis }) => {
  const rows = count(input(inputs, 0).shape.slice(0, axis));
  const out: number[] = [];
  for (let row = 0; row < rows; row++) {
    for (const { data, shape } of inputs) {
      const length = count(shape.slice(axis));
      for (const value of data.subarray(row * length, (row + 1) * length)) out.push(value);
    }
  }
  return [Float64Array.from(out)];
};
