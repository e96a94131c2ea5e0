import type { AmongAttributes } from "../ops/argmaxAmong.ts";
import type { Reference } from "./reference.ts";
import { at, input } from "./reference.ts";
import { placeOfLargest } from "./rows.ts";

export const reference: Reference<AmongAttributes> = (inputs, { extreme }) => {
  const x = input(inputs, 0);
  const candidates = input(inputs, 1);
  const [outer = 1, length = 1, inner = 1] = x.shape;
  const parts = candidates.shape[1] ?? 1;
  const sign = extreme === "largest" ? 1 : -1;
  const out = new Uint32Array(outer * inner);
  for (let o = 0; o < outer; o++) {
    for (let i = 0; i < inner; i++) {
      const listed = Array.from({ length: parts }, (_, p) =>
        at(candidates.data, (o * parts + p) * inner + i),
      );
      const values = Float64Array.from(
        listed,
        (place) => sign * at(x.data, (o * length + place) * inner + i),
      );
      out[o * inner + i] = listed[placeOfLargest(values)] ?? 0;
    }
  }
  return [out];
};
