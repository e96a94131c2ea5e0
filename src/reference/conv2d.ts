import type { ConvolutionAttributes } from "../ops/convolution.ts";
import { eachProduct } from "./products.ts";
import type { Reference } from "./reference.ts";
import { at, count, input } from "./reference.ts";

export const reference: Reference<ConvolutionAttributes> = (inputs, attributes, { outputs }) => {
  const x = input(inputs, 0);
  const weights = input(inputs, 1);
  const out = new Float64Array(count(outputs[0]?.shape ?? []));
  eachProduct(attributes, weights.shape[3] ?? 1, ({ x: pixel, weight, result }) => {
    out[result] = at(out, result) + at(x.data, pixel) * at(weights.data, weight);
  });
  return [out];
};
