import type { ReductionAttributes } from "../ops/reduction.ts";
import type { HostTensor } from "./reference.ts";
import { at, count, input } from "./reference.ts";

/** Folds neighbouring axes of input 0 one element after the other. */
export function reduce(
  inputs: readonly HostTensor[],
  attributes: ReductionAttributes,
  start: number,
  fold: (folded: number, value: number) => number,
): readonly [Float64Array] {
  const x = input(inputs, 0);
  const end = attributes.axis + attributes.count;
  const outer = count(x.shape.slice(0, attributes.axis));
  const length = count(x.shape.slice(attributes.axis, end));
  const inner = count(x.shape.slice(end));
  const out = new Float64Array(outer * inner);
  for (let o = 0; o < outer; o++) {
    for (let i = 0; i < inner; i++) {
      let folded = start;
      for (let l = 0; l < length; l++) folded = fold(folded, at(x.data, (o * length + l) * inner + i));
      out[o * inner + i] = folded;
    }
  }
  return [out];
}
