import type { Shape } from "../kernels/types.ts";
import { count } from "./reference.ts";

/** Every coordinate of a shape in row-major order, as an odometer counts. The array is one and changes. */
export function* coordinates(shape: Shape): Iterable<readonly number[]> {
  const place = shape.map(() => 0);
  for (let left = count(shape); left > 0; left--) {
    yield place;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      const next = (place[axis] ?? 0) + 1;
      place[axis] = next % (shape[axis] ?? 1);
      if (place[axis] !== 0) break;
    }
  }
}

/** Where a coordinate lies in row-major order. */
export function flatten(shape: Shape, place: readonly number[]): number {
  return shape.reduce((flat, size, axis) => flat * size + (place[axis] ?? 0), 0);
}
