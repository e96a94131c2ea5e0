import type { Reference } from "./reference.ts";
import { at, count, input } from "./reference.ts";

export const reference: Reference<null> = (inputs, _, { outputs }) => {
  const { data, shape } = input(inputs, 0);
  const starts = input(inputs, 1).data;
  const columns = shape[1] ?? 1;
  const out = new Float64Array(count(outputs[0]?.shape ?? []));
  for (let segment = 0; segment + 1 < starts.length; segment++) {
    for (let row = at(starts, segment); row < at(starts, segment + 1); row++) {
      for (let column = 0; column < columns; column++) {
        const place = segment * columns + column;
        out[place] = at(out, place) + at(data, row * columns + column);
      }
    }
  }
  return [out];
};
