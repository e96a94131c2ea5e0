import type { WindowAttributes } from "../ops/convolution.ts";
import type { Reference } from "./reference.ts";
import { at, count, input } from "./reference.ts";
import { eachTap } from "./windows.ts";

export const reference: Reference<WindowAttributes> = (inputs, attributes) => {
  const columns = input(inputs, 0);
  const channels = attributes.inputShape[3] ?? 1;
  const length = columns.shape[1] ?? 1;
  const out = new Float64Array(count(attributes.inputShape));
  eachTap(attributes, ({ window, pixel, place }) => {
    for (let channel = 0; channel < channels; channel++) {
      const to = pixel * channels + channel;
      out[to] = at(out, to) + at(columns.data, window * length + place * channels + channel);
    }
  });
  return [out];
};
