import type { Reference } from "./reference.ts";
import { at, input } from "./reference.ts";

export const reference: Reference<null> = (inputs, _, { step }) => {
  const valid = input(inputs, 4).data;
  const flags = Uint32Array.from(input(inputs, 5).data);
  const counts = (index: number): boolean => index % 64 < at(valid, Math.floor(index / 64));
  [0, 1, 2, 3].forEach((tensor) => {
    const { data } = input(inputs, tensor);
    const wrong = data.some((value, index) => counts(index) && !Number.isFinite(value));
    if (wrong && step.row < flags.length) flags[step.row] = at(flags, step.row) | (1 << tensor);
  });
  return [flags];
};
