import type { GatherAttributes } from "../ops/gather_adjoints.ts";
import { coordinates, flatten } from "./coordinates.ts";
import { missingValue } from "./indexed.ts";
import type { Reference } from "./reference.ts";
import { at, input } from "./reference.ts";

export const reference: Reference<GatherAttributes> = (inputs, { axis, size, missing }) => {
  const x = input(inputs, 0);
  const indices = input(inputs, 1);
  const out: number[] = [];
  for (const place of coordinates(indices.shape)) {
    const index = at(indices.data, out.length);
    const taken = place.map((own, along) => (along === axis ? index : own));
    out.push(index < size ? at(x.data, flatten(x.shape, taken)) : missingValue(missing, x.dtype));
  }
  return [Float64Array.from(out)];
};
