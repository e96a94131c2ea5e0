import type { FilterGradientPartsAttributes } from "../ops/filter_gradient_parts_kernels.ts";
import { eachProduct } from "./products.ts";
import type { Reference } from "./reference.ts";
import { at, count, input } from "./reference.ts";

export const reference: Reference<FilterGradientPartsAttributes> = (inputs, attributes, { outputs }) => {
  const x = input(inputs, 0);
  const dy = input(inputs, 1);
  const shape = outputs[0]?.shape ?? [];
  const out = new Float64Array(count(shape));
  const weights = count(shape.slice(1));
  const ofPart = attributes.lines * (dy.shape[2] ?? 1) * (dy.shape[3] ?? 1);
  eachProduct(attributes, dy.shape[3] ?? 1, ({ x: pixel, weight, result }) => {
    const place = Math.floor(result / ofPart) * weights + weight;
    out[place] = at(out, place) + at(x.data, pixel) * at(dy.data, result);
  });
  return [out];
};
