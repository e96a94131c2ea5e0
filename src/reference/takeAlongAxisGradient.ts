import type { ScatterAddAttributes } from "../ops/gather_adjoints.ts";
import { coordinates, flatten } from "./coordinates.ts";
import type { Reference } from "./reference.ts";
import { at, count, input } from "./reference.ts";

export const reference: Reference<ScatterAddAttributes> = (inputs, { axis, size }) => {
  const dy = input(inputs, 0);
  const indices = input(inputs, 1).data;
  const shape = dy.shape.map((own, along) => (along === axis ? size : own));
  const out = new Float64Array(count(shape));
  let next = 0;
  for (const place of coordinates(dy.shape)) {
    const index = at(indices, next);
    const value = at(dy.data, next++);
    if (index >= size) continue;
    const target = flatten(
      shape,
      place.map((own, along) => (along === axis ? index : own)),
    );
    out[target] = at(out, target) + value;
  }
  return [out];
};
