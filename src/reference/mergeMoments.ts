import type { MergeMomentsAttributes } from "../ops/mergeMoments.ts";
import { average } from "./normalisation.ts";
import type { Reference } from "./reference.ts";
import { at, input } from "./reference.ts";

export const reference: Reference<MergeMomentsAttributes> = (inputs, { groups, length, epsilon }) => {
  const { data, shape } = input(inputs, 0);
  const [batch = 1, parts = 1, , channels = 1] = shape;
  const width = channels / groups;
  const mean = new Float64Array(batch * 2 * channels);
  const inverse = new Float64Array(batch * channels);
  const variance = new Float64Array(batch * channels);
  for (let item = 0; item < batch; item++) {
    for (let channel = 0; channel < channels; channel++) {
      const first = channel - (channel % width);
      const places = Array.from(
        { length: parts * width },
        (_, index) => (item * parts + Math.floor(index / width)) * 3 * channels + first + (index % width),
      );
      const means = places.map((place) => at(data, place) + at(data, place + channels));
      const middle = average(means);
      const spread = average(
        places.map((place, index) => {
          return at(data, place + 2 * channels) / length + ((means[index] ?? Number.NaN) - middle) ** 2;
        }),
      );
      const origin = at(data, item * parts * 3 * channels + first);
      mean[2 * item * channels + channel] = origin;
      mean[(2 * item + 1) * channels + channel] = middle - origin;
      inverse[item * channels + channel] = 1 / Math.sqrt(spread + epsilon);
      variance[item * channels + channel] = spread;
    }
  }
  return [mean, inverse, variance];
};
