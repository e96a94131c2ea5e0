import type { NormaliseAttributes } from "../ops/normalise.ts";
import { columnsOf, meanAt } from "./normalisation.ts";
import type { Reference } from "./reference.ts";
import { at, input } from "./reference.ts";

export const reference: Reference<NormaliseAttributes> = (inputs) => {
  const [x, mean, inverse] = [input(inputs, 0), input(inputs, 1), input(inputs, 2)];
  const [scale, bias] = [input(inputs, 3), input(inputs, 4)];
  const { batch, space, channels, place } = columnsOf(x.shape);
  const out = new Float64Array(x.data.length);
  for (let item = 0; item < batch; item++) {
    for (let row = 0; row < space; row++) {
      for (let channel = 0; channel < channels; channel++) {
        const deviation = at(x.data, place(item, row, channel)) - meanAt(mean, item, channel);
        const value = deviation * at(inverse.data, item * channels + channel);
        out[place(item, row, channel)] = value * at(scale.data, channel) + at(bias.data, channel);
      }
    }
  }
  return [out];
};
