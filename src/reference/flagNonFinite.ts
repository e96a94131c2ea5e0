import type { FlagAttributes } from "../ops/flagNonFinite.ts";
import type { Reference } from "./reference.ts";
import { at, input } from "./reference.ts";

export const reference: Reference<FlagAttributes> = (inputs, { width, slot }, { step }) => {
  const valid = input(inputs, 4).data;
  const flags = Uint32Array.from(input(inputs, 5).data);
  const counts = (index: number): boolean => index % 64 < at(valid, Math.floor(index / 64));
  const place = step.row * width + slot;
  [0, 1, 2, 3].forEach((tensor) => {
    const { data } = input(inputs, tensor);
    const wrong = data.some((value, index) => counts(index) && !Number.isFinite(value));
    if (wrong && place < flags.length) flags[place] = at(flags, place) | (1 << tensor);
  });
  return [flags];
};
