import type { ResizeAttributes } from "../ops/resizing.ts";
import type { Reference } from "./reference.ts";
import { at, count, input } from "./reference.ts";
import { eachSource } from "./resize_sources.ts";

export const reference: Reference<ResizeAttributes> = (inputs, attributes, { outputs }) => {
  const { data } = input(inputs, 0);
  const out = new Float64Array(count(outputs[0]?.shape ?? []));
  eachSource("bilinear", attributes, ({ from, to, weight }) => {
    out[to] = at(out, to) + weight * at(data, from);
  });
  return [out];
};
