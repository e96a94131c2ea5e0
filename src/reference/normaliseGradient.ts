import type { NormaliseGradientAttributes } from "../ops/normaliseGradient.ts";
import { columnsOf, meanAt } from "./normalisation.ts";
import type { Reference } from "./reference.ts";
import { at, input } from "./reference.ts";

export const reference: Reference<NormaliseGradientAttributes> = (inputs, { groups }) => {
  const [dy, x, mean, inverse] = [input(inputs, 0), input(inputs, 1), input(inputs, 2), input(inputs, 3)];
  const [plain, weighted] = [input(inputs, 4), input(inputs, 5)];
  const { batch, space, channels, place } = columnsOf(x.shape);
  const elements = (space * channels) / groups;
  const out = new Float64Array(x.data.length);
  for (let item = 0; item < batch; item++) {
    for (let channel = 0; channel < channels; channel++) {
      const scale = at(input(inputs, 6).data, channel);
      const own = item * channels + channel;
      const factor = at(inverse.data, own);
      const share = (groups === channels ? scale : 1) / elements;
      for (let row = 0; row < space; row++) {
        const index = place(item, row, channel);
        const value = (at(x.data, index) - meanAt(mean, item, channel)) * factor;
        const less = share * (at(plain.data, own) + value * at(weighted.data, own));
        out[index] = factor * (scale * at(dy.data, index) - less);
      }
    }
  }
  return [out];
};
