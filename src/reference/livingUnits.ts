import type { Reference } from "./reference.ts";
import { at, input } from "./reference.ts";
import { numberOf, rowsOf } from "./tally.ts";

export const reference: Reference<null> = (inputs) => {
  const units = Uint32Array.from(input(inputs, inputs.length - 1).data);
  const pieces = rowsOf(input(inputs, inputs.length - 2)).flatMap((piece) => {
    const [number = 0, first = 0, step = 0, rows = 0, unit = 0, lanes = 0, ...bits] = piece;
    const [low = 1, high = 0] = bits.map(numberOf);
    const { data } = input(inputs, number);
    let ends = 0;
    for (let row = 0; row < rows; row++) {
      for (let lane = 0; lane < lanes; lane++) {
        const value = at(data, first + row * step + lane);
        if (value !== 0) units[unit + lane] = units[unit + lane] || 1;
        if (low < high && (value <= low || value >= high)) ends++;
      }
    }
    return [ends, rows * lanes];
  });
  return [units, Float64Array.from(pieces)];
};
