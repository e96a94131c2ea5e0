import type { AveragePoolAttributes } from "../ops/average_pooling.ts";
import { at } from "./reference.ts";
import { eachTap } from "./windows.ts";

/** What each window's sum is divided by. */
export function tapCounts(attributes: AveragePoolAttributes, windows: number): Float64Array {
  const { countPadding, kernel } = attributes;
  const counts = new Float64Array(windows).fill(countPadding ? kernel[0] * kernel[1] : 0);
  if (countPadding) return counts;
  eachTap(attributes, ({ window }) => {
    counts[window] = at(counts, window) + 1;
  });
  return counts;
}
