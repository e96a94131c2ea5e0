import type { TransposeAttributes } from "../ops/transpose.ts";
import type { Reference } from "./reference.ts";
import { at, count, input } from "./reference.ts";

/** Walks over the output's coordinates as an odometer does. */
export const reference: Reference<TransposeAttributes> = (inputs, { axes }) => {
  const x = input(inputs, 0);
  const sizes = axes.map((axis) => x.shape[axis] ?? 1);
  const steps = axes.map((axis) => count(x.shape.slice(axis + 1)));
  const place = axes.map(() => 0);
  const out = new Float64Array(count(sizes));
  for (let index = 0; index < out.length; index++) {
    out[index] = at(
      x.data,
      place.reduce((sum, coordinate, axis) => sum + coordinate * (steps[axis] ?? 0), 0),
    );
    for (let axis = axes.length - 1; axis >= 0; axis--) {
      const next = (place[axis] ?? 0) + 1;
      place[axis] = next % (sizes[axis] ?? 1);
      if (place[axis] !== 0) break;
    }
  }
  return [out];
};
