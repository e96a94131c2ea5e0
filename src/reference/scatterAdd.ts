import type { ScatterAddAttributes } from "../ops/gather_adjoints.ts";
import type { Reference } from "./reference.ts";
import { at, count, input } from "./reference.ts";

/** By the indices alone: the order that kernels read says nothing more. */
export const reference: Reference<ScatterAddAttributes> = (inputs, { axis, size }) => {
  const { data, shape } = input(inputs, 0);
  const indices = input(inputs, 1);
  const outers = count(shape.slice(0, axis));
  const inner = count(shape.slice(axis + indices.shape.length));
  const out = new Float64Array(outers * size * inner);
  let next = 0;
  for (let outer = 0; outer < outers; outer++) {
    for (const index of indices.data) {
      for (let column = 0; column < inner; column++, next++) {
        if (index >= size) continue;
        const place = (outer * size + index) * inner + column;
        out[place] = at(out, place) + at(data, next);
      }
    }
  }
  return [out];
};
