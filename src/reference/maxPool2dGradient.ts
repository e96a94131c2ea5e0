import type { WindowAttributes } from "../ops/convolution.ts";
import type { Reference } from "./reference.ts";
import { at, count, input } from "./reference.ts";

export const reference: Reference<WindowAttributes> = (inputs, { inputShape }) => {
  const dy = input(inputs, 0).data;
  const out = new Float64Array(count(inputShape));
  input(inputs, 1).data.forEach((index, place) => {
    out[index] = at(out, index) + at(dy, place);
  });
  return [out];
};
