import type { RecordAttributes } from "../ops/record.ts";
import type { Reference } from "./reference.ts";
import { at, input } from "./reference.ts";

export const reference: Reference<RecordAttributes> = (inputs, { width, stride }, { step }) => {
  const history = Float64Array.from(input(inputs, 1).data);
  const { data } = input(inputs, 0);
  for (let index = 0; index < width; index++) {
    const place = step.row * width + index;
    if (place < history.length) history[place] = at(data, index * stride);
  }
  return [history];
};
