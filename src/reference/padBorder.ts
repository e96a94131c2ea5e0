import type { BorderAttributes } from "../ops/border_adjoints.ts";
import { elementBehind } from "./borders.ts";
import { coordinates, flatten } from "./coordinates.ts";
import type { Reference } from "./reference.ts";
import { at, input } from "./reference.ts";

export const reference: Reference<BorderAttributes> = (inputs, { mode, starts, sizes, whole }) => {
  const { data } = input(inputs, 0);
  const out: number[] = [];
  for (const place of coordinates(whole)) {
    const from = place.map((own, axis) => elementBehind(mode, own, starts[axis] ?? 0, sizes[axis] ?? 1));
    out.push(at(data, flatten(sizes, from)));
  }
  return [Float64Array.from(out)];
};
