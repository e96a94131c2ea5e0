import type { ConvolutionAttributes } from "../ops/convolution.ts";
import { eachProduct } from "./products.ts";
import type { Reference } from "./reference.ts";
import { at, count, input } from "./reference.ts";

export const reference: Reference<ConvolutionAttributes> = (inputs, attributes, { outputs }) => {
  const x = input(inputs, 0);
  const dy = input(inputs, 1);
  const out = new Float64Array(count(outputs[0]?.shape ?? []));
  eachProduct(attributes, dy.shape[3] ?? 1, ({ x: pixel, weight, result }) => {
    out[weight] = at(out, weight) + at(x.data, pixel) * at(dy.data, result);
  });
  return [out];
};
