import type { PadAttributes } from "../ops/pad_kernels.ts";
import { coordinates, flatten } from "./coordinates.ts";
import type { Reference } from "./reference.ts";
import { at, count, input } from "./reference.ts";

export const reference: Reference<PadAttributes> = (inputs, { starts, steps, sizes, whole, value }) => {
  const { data } = input(inputs, 0);
  const out = new Float64Array(count(whole)).fill(value);
  let next = 0;
  for (const place of coordinates(sizes)) {
    const to = place.map((own, axis) => (starts[axis] ?? 0) + own * (steps[axis] ?? 1));
    out[flatten(whole, to)] = at(data, next++);
  }
  return [out];
};
