import type { Places } from "../ops/pad_kernels.ts";
import { coordinates, flatten } from "./coordinates.ts";
import type { Reference } from "./reference.ts";
import { at, input } from "./reference.ts";

export const reference: Reference<Places> = (inputs, { starts, steps, sizes, whole }) => {
  const { data } = input(inputs, 0);
  const out: number[] = [];
  for (const place of coordinates(sizes)) {
    const from = place.map((own, axis) => (starts[axis] ?? 0) + own * (steps[axis] ?? 1));
    out.push(at(data, flatten(whole, from)));
  }
  return [Float64Array.from(out)];
};
