import type { BorderAxisAttributes } from "../ops/border_adjoints.ts";
import { elementBehind } from "./borders.ts";
import { coordinates, flatten } from "./coordinates.ts";
import type { Reference } from "./reference.ts";
import { at, count, input } from "./reference.ts";

/** Each element of the bordered tensor is added to the one it was filled from. */
export const reference: Reference<BorderAxisAttributes> = (inputs, attributes) => {
  const { mode, axis, start, count: size } = attributes;
  const { data, shape } = input(inputs, 0);
  const sizes = shape.map((own, place) => (place === axis ? size : own));
  const out = new Float64Array(count(sizes));
  let next = 0;
  for (const place of coordinates(shape)) {
    const to = place.map((own, at) => (at === axis ? elementBehind(mode, own, start, size) : own));
    const target = flatten(sizes, to);
    out[target] = at(out, target) + at(data, next++);
  }
  return [out];
};
