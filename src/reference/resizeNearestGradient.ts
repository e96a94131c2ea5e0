import type { ResizeAttributes } from "../ops/resizing.ts";
import type { Reference } from "./reference.ts";
import { at, count, input } from "./reference.ts";
import { eachSource } from "./resize_sources.ts";

export const reference: Reference<ResizeAttributes> = (inputs, attributes) => {
  const dy = input(inputs, 0).data;
  const out = new Float64Array(count(attributes.inputShape));
  eachSource("nearest", attributes, ({ from, to, weight }) => {
    out[from] = at(out, from) + weight * at(dy, to);
  });
  return [out];
};
