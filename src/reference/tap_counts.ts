import type { AveragePoolAttributes } from "../ops/average_pooling.ts";
import { tapsAlong } from "./windows.ts";

/** What each window's sum is divided by. */
export function tapCounts(attributes: AveragePoolAttributes): Float64Array<ArrayBuffer> {
  const rows = countsAlong(attributes, 0);
  const columns = countsAlong(attributes, 1);
  const image = rows.flatMap((down) => columns.map((across) => down * across));
  return Float64Array.from(Array.from({ length: attributes.inputShape[0] ?? 1 }, () => image).flat());
}

/** For each window along an axis, its taps in the image, or in its padding too where that counts. */
function countsAlong(attributes: AveragePoolAttributes, axis: 0 | 1): number[] {
  const { inputShape, padding, countIncludePad, overhang = [0, 0] } = attributes;
  const size = inputShape[1 + axis] ?? 1;
  const after = (axis === 0 ? padding.bottom : padding.right) - overhang[axis];
  const counts = (place: number) => (countIncludePad ? place < size + after : place >= 0 && place < size);
  return tapsAlong(attributes, axis).map((taps) => taps.filter(counts).length);
}
