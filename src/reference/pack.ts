import type { PackAttributes } from "../ops/pack.ts";
import type { Reference } from "./reference.ts";

export const reference: Reference<PackAttributes> = (inputs, { offsets, length }) => {
  const out = new Float64Array(length);
  inputs.forEach(({ data }, index) => {
    out.set(data, offsets[index]);
  });
  return [out];
};
