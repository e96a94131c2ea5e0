import type { AveragePoolAttributes } from "../ops/average_pooling.ts";
import type { Reference } from "./reference.ts";
import { at, count, input } from "./reference.ts";
import { tapCounts } from "./tap_counts.ts";
import { eachTap } from "./windows.ts";

export const reference: Reference<AveragePoolAttributes> = (inputs, attributes, { outputs }) => {
  const { data } = input(inputs, 0);
  const channels = attributes.inputShape[3] ?? 1;
  const out = new Float64Array(count(outputs[0]?.shape ?? []));
  const taps = tapCounts(attributes);
  eachTap(attributes, ({ window, pixel }) => {
    for (let channel = 0; channel < channels; channel++) {
      const place = window * channels + channel;
      out[place] = at(out, place) + at(data, pixel * channels + channel) / at(taps, window);
    }
  });
  return [out];
};
