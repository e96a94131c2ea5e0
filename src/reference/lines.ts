import type { HostTensor } from "./reference.ts";
import { at, count } from "./reference.ts";

/** Makes of each line along an axis another of the same length. */
export function mapLines(
  { data, shape }: HostTensor,
  axis: number,
  change: (line: Float64Array) => Float64Array,
): Float64Array {
  const outer = count(shape.slice(0, axis));
  const length = shape[axis] ?? 1;
  const inner = count(shape.slice(axis + 1));
  const out = new Float64Array(data.length);
  for (let o = 0; o < outer; o++) {
    for (let i = 0; i < inner; i++) {
      const place = (l: number) => (o * length + l) * inner + i;
      change(Float64Array.from({ length }, (_, l) => at(data, place(l)))).forEach((value, l) => {
        out[place(l)] = value;
      });
    }
  }
  return out;
}
