import type { ScanAttributes } from "../ops/scan_attributes.ts";
import type { HostTensor } from "./reference.ts";
import { at, count, input } from "./reference.ts";

/** Goes along an axis of input 0, part by part, and combines each element with all before it in its part. */
export function scanLines(
  inputs: readonly HostTensor[],
  { axis, reverse, exclusive, part: wanted }: ScanAttributes,
  nothing: number,
  combine: (total: number, value: number) => number,
): readonly [Float64Array] {
  const { data, shape } = input(inputs, 0);
  const starts = inputs[1];
  const outer = count(shape.slice(0, axis));
  const length = shape[axis] ?? 1;
  const inner = count(shape.slice(axis + 1));
  const part = wanted ?? length;
  const parts = Math.ceil(length / part);
  const out = new Float64Array(data.length);
  for (let line = 0; line < outer * inner; line++) {
    const [o, i] = [Math.floor(line / inner), line % inner];
    const order = Array.from({ length }, (_, l) => (reverse ? length - 1 - l : l));
    const totals = Array.from({ length: parts }, (_, p) =>
      starts ? at(starts.data, (o * parts + p) * inner + i) : nothing,
    );
    for (const l of order) {
      const p = Math.floor(l / part);
      const before = totals[p] ?? nothing;
      const after = combine(before, at(data, (o * length + l) * inner + i));
      out[(o * length + l) * inner + i] = exclusive ? before : after;
      totals[p] = after;
    }
  }
  return [out];
}
