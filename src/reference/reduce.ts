import type { ReductionAttributes } from "../ops/reduction.ts";
import type { HostTensor } from "./reference.ts";
import { at, count, input } from "./reference.ts";

/** Makes of each list of elements that neighbouring axes of input 0 hold, or each part of it, one number. */
export function reduceLists(
  inputs: readonly HostTensor[],
  attributes: Pick<ReductionAttributes, "axis" | "count" | "part">,
  fold: (list: Float64Array) => number,
): Float64Array {
  const x = input(inputs, 0);
  const end = attributes.axis + attributes.count;
  const outer = count(x.shape.slice(0, attributes.axis));
  const length = count(x.shape.slice(attributes.axis, end));
  const inner = count(x.shape.slice(end));
  const part = attributes.part ?? length;
  const out: number[] = [];
  for (let o = 0; o < outer; o++) {
    for (let first = 0; first < length; first += part) {
      const elements = Math.min(part, length - first);
      for (let i = 0; i < inner; i++) {
        const place = (l: number) => (o * length + first + l) * inner + i;
        out.push(fold(Float64Array.from({ length: elements }, (_, l) => at(x.data, place(l)))));
      }
    }
  }
  return Float64Array.from(out);
}

/** Folds neighbouring axes of input 0 one element after the other. */
export function reduce(
  inputs: readonly HostTensor[],
  attributes: ReductionAttributes,
  start: number,
  fold: (folded: number, value: number) => number,
): readonly [Float64Array] {
  return [reduceLists(inputs, attributes, (list) => list.reduce(fold, start))];
}

/** Where in each list of elements one lies, counted from the beginning of the whole axis. */
export function places(
  inputs: readonly HostTensor[],
  attributes: ReductionAttributes,
  find: (list: Float64Array) => number,
): readonly [Uint32Array] {
  const inPart = reduceLists(inputs, attributes, find);
  const { shape } = input(inputs, 0);
  const end = attributes.axis + attributes.count;
  const length = count(shape.slice(attributes.axis, end));
  const inner = count(shape.slice(end));
  const part = attributes.part ?? length;
  const parts = Math.ceil(length / part);
  return [Uint32Array.from(inPart, (place, index) => place + (Math.floor(index / inner) % parts) * part)];
}
