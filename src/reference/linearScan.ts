import type { LinearScanAttributes } from "../ops/linearScan.ts";
import type { Reference } from "./reference.ts";
import { at, count, input } from "./reference.ts";

export const reference: Reference<LinearScanAttributes> = (inputs, { axis, reverse }) => {
  const [a, b] = [input(inputs, 0), input(inputs, 1)];
  const outer = count(a.shape.slice(0, axis));
  const length = a.shape[axis] ?? 1;
  const inner = count(a.shape.slice(axis + 1));
  const out = new Float64Array(a.data.length);
  for (let o = 0; o < outer; o++) {
    for (let i = 0; i < inner; i++) {
      let y = 0;
      for (let step = 0; step < length; step++) {
        const l = reverse ? length - 1 - step : step;
        const place = (o * length + l) * inner + i;
        out[place] = y;
        y = at(a.data, place) * y + at(b.data, place);
      }
    }
  }
  return [out];
};
