import type { BroadcastIntegersAttributes } from "../ops/broadcastIntegers.ts";
import { coordinates, flatten } from "./coordinates.ts";
import type { Reference } from "./reference.ts";
import { at, input } from "./reference.ts";

export const reference: Reference<BroadcastIntegersAttributes> = (inputs, { shape }) => {
  const x = input(inputs, 0);
  const out: number[] = [];
  for (const place of coordinates(shape)) {
    const own = place.slice(shape.length - x.shape.length);
    const from = own.map((coordinate, axis) => (x.shape[axis] === 1 ? 0 : coordinate));
    out.push(at(x.data, flatten(x.shape, from)));
  }
  return [Float64Array.from(out)];
};
