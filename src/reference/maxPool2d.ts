import type { WindowAttributes } from "../ops/convolution.ts";
import type { Reference } from "./reference.ts";
import { at, count, input } from "./reference.ts";
import { eachTap } from "./windows.ts";

export const reference: Reference<WindowAttributes> = (inputs, attributes, { outputs }) => {
  const { data } = input(inputs, 0);
  const channels = attributes.inputShape[3] ?? 1;
  const out = new Float64Array(count(outputs[0]?.shape ?? [])).fill(Number.NEGATIVE_INFINITY);
  const indices = new Uint32Array(out.length).fill(0xffffffff);
  eachTap(attributes, ({ window, pixel }) => {
    for (let channel = 0; channel < channels; channel++) {
      const place = window * channels + channel;
      const from = pixel * channels + channel;
      const value = at(data, from);
      const first = indices[place] === 0xffffffff;
      if (!first && !(value > at(out, place)) && !Number.isNaN(value)) continue;
      out[place] = value;
      indices[place] = from;
    }
  });
  return [out, indices];
};
