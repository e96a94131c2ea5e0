import type { GatherAttributes } from "../ops/gather_adjoints.ts";
import { missingValue } from "./indexed.ts";
import type { Reference } from "./reference.ts";
import { at, count, input } from "./reference.ts";

export const reference: Reference<GatherAttributes> = (inputs, { axis, size, missing }) => {
  const x = input(inputs, 0);
  const indices = input(inputs, 1);
  const inner = count(x.shape.slice(axis + 1));
  const out: number[] = [];
  for (let outer = 0; outer < count(x.shape.slice(0, axis)); outer++) {
    for (const index of indices.data) {
      for (let column = 0; column < inner; column++) {
        const place = (outer * size + index) * inner + column;
        out.push(index < size ? at(x.data, place) : missingValue(missing, x.dtype));
      }
    }
  }
  return [Float64Array.from(out)];
};
