import type { RecordAttributes } from "../ops/record.ts";
import type { Reference } from "./reference.ts";
import { at, input } from "./reference.ts";

export const reference: Reference<RecordAttributes> = (inputs, { width, column }, { step }) => {
  const history = Float64Array.from(input(inputs, 1).data);
  const place = step.row * width + column;
  if (place < history.length) history[place] = at(input(inputs, 0).data, 0);
  return [history];
};
