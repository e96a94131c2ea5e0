import type { WindowAttributes } from "../ops/convolution.ts";
import type { Reference } from "./reference.ts";
import { at, count, input } from "./reference.ts";
import { eachTap } from "./windows.ts";

export const reference: Reference<WindowAttributes> = (inputs, attributes, { outputs }) => {
  const x = input(inputs, 0).data;
  const channels = attributes.inputShape[3] ?? 1;
  const length = outputs[0]?.shape[1] ?? 1;
  const out = new Float64Array(count(outputs[0]?.shape ?? []));
  eachTap(attributes, ({ window, pixel, place }) => {
    for (let channel = 0; channel < channels; channel++) {
      out[window * length + place * channels + channel] = at(x, pixel * channels + channel);
    }
  });
  return [out];
};
