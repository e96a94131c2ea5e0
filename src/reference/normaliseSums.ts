import type { NormaliseSumsAttributes } from "../ops/normaliseSums.ts";
import { columnsOf, meanAt, rowMeanAt } from "./normalisation.ts";
import type { Reference } from "./reference.ts";
import { at, input } from "./reference.ts";

export const reference: Reference<NormaliseSumsAttributes> = (inputs, { statistics, parts }) => {
  const [dy, x] = [input(inputs, 0), input(inputs, 1)];
  const [mean, inverse] = [input(inputs, 2), input(inputs, 3)];
  const { batch, space, channels, place } = columnsOf(x.shape);
  const byRow = statistics.over === "rows";
  const plain = new Float64Array(batch * parts * channels);
  const weighted = new Float64Array(batch * parts * channels);
  for (let item = 0; item < batch; item++) {
    for (let row = 0; row < space; row++) {
      const part = item * parts + Math.floor((row * parts) / space);
      for (let channel = 0; channel < channels; channel++) {
        const index = place(item, row, channel);
        const line = item * space + row;
        const middle = byRow ? rowMeanAt(mean, line) : meanAt(mean, item, channel);
        const factor = at(inverse.data, byRow ? line : item * channels + channel);
        const value = at(dy.data, index);
        plain[part * channels + channel] = at(plain, part * channels + channel) + value;
        weighted[part * channels + channel] =
          at(weighted, part * channels + channel) + value * (at(x.data, index) - middle) * factor;
      }
    }
  }
  return [plain, weighted];
};
