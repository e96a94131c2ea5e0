import type { AveragePoolAttributes } from "../ops/average_pooling.ts";
import type { Reference } from "./reference.ts";
import { at, count, input } from "./reference.ts";
import { tapCounts } from "./tap_counts.ts";
import { eachTap } from "./windows.ts";

export const reference: Reference<AveragePoolAttributes> = (inputs, attributes) => {
  const dy = input(inputs, 0).data;
  const channels = attributes.inputShape[3] ?? 1;
  const out = new Float64Array(count(attributes.inputShape));
  const taps = tapCounts(attributes);
  eachTap(attributes, ({ window, pixel }) => {
    for (let channel = 0; channel < channels; channel++) {
      const place = pixel * channels + channel;
      out[place] = at(out, place) + at(dy, window * channels + channel) / at(taps, window);
    }
  });
  return [out];
};
