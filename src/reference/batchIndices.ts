import type { BatchIndicesAttributes } from "../ops/batchIndices.ts";
import type { Reference } from "./reference.ts";
import { at, input } from "./reference.ts";

export const reference: Reference<BatchIndicesAttributes> = (inputs, { batchSize, count }, { step }) => {
  const order = input(inputs, 0).data;
  const places = Array.from({ length: batchSize }, (_, row) => step.batchStart + row);
  return [
    Uint32Array.from(places, (place) => (place < count ? at(order, place) : 0xffffffff)),
    Float64Array.from(places, (place) => Number(place < count)),
  ];
};
