import type { TriangleAttributes } from "../ops/triangle.ts";
import { coordinates } from "./coordinates.ts";
import type { Reference } from "./reference.ts";
import { at, input } from "./reference.ts";

export const reference: Reference<TriangleAttributes> = (inputs, { part, diagonal }) => {
  const { data, shape } = input(inputs, 0);
  const out: number[] = [];
  for (const place of coordinates(shape)) {
    const [row = 0, column = 0] = place.slice(-2);
    const kept = part === "lower" ? column - row <= diagonal : column - row >= diagonal;
    out.push(kept ? at(data, out.length) : 0);
  }
  return [Float64Array.from(out)];
};
