import type { ConvolutionAttributes } from "../ops/convolution.ts";
import { eachProduct } from "./products.ts";
import type { Reference } from "./reference.ts";
import { at, count, input } from "./reference.ts";

export const reference: Reference<ConvolutionAttributes> = (inputs, attributes, { outputs }) => {
  const dy = input(inputs, 0);
  const weights = input(inputs, 1);
  const out = new Float64Array(count(outputs[0]?.shape ?? []));
  eachProduct(attributes, weights.shape[3] ?? 1, ({ x: pixel, weight, result }) => {
    out[pixel] = at(out, pixel) + at(dy.data, result) * at(weights.data, weight);
  });
  return [out];
};
