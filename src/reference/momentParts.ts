import type { MomentPartsAttributes } from "../ops/momentParts.ts";
import { average, columnsOf } from "./normalisation.ts";
import type { Reference } from "./reference.ts";
import { at, input } from "./reference.ts";

export const reference: Reference<MomentPartsAttributes> = (inputs, { parts }) => {
  const x = input(inputs, 0);
  const { batch, space, channels, place } = columnsOf(x.shape);
  const length = space / parts;
  const out = new Float64Array(batch * parts * 3 * channels);
  for (let part = 0; part < batch * parts; part++) {
    for (let channel = 0; channel < channels; channel++) {
      const values = Array.from({ length }, (_, row) => at(x.data, place(0, part * length + row, channel)));
      const first = values[0] ?? Number.NaN;
      const mean = average(values.map((value) => value - first));
      const squares = values.reduce((sum, value) => sum + (value - first - mean) ** 2, 0);
      [first, mean, squares].forEach((value, kind) => {
        out[(part * 3 + kind) * channels + channel] = value;
      });
    }
  }
  return [out];
};
