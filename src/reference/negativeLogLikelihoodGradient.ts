import type { WeightedLabels } from "../ops/labels.ts";
import type { Reference } from "./reference.ts";
import { at, input } from "./reference.ts";

export const reference: Reference<WeightedLabels> = (inputs, { ignoreIndex }) => {
  const [cotangent, labels, weights] = [0, 1, 2].map((index) => input(inputs, index).data);
  if (!cotangent || !labels || !weights) throw new Error("internal: too few inputs");
  const out = new Float64Array(cotangent.length * weights.length);
  cotangent.forEach((value, row) => {
    const label = at(labels, row);
    if (label < weights.length && label !== ignoreIndex)
      out[row * weights.length + label] = -at(weights, label) * value;
  });
  return [out];
};
