import type { SegmentStartsAttributes } from "../ops/segmentStarts.ts";
import type { Reference } from "./reference.ts";
import { input } from "./reference.ts";

export const reference: Reference<SegmentStartsAttributes> = (inputs, { segments }) => {
  const keys = Array.from(input(inputs, 0).data);
  const starts = Array.from({ length: segments + 1 }, (_, segment) => keys.filter((key) => key < segment));
  return [Uint32Array.from(starts, ({ length }) => length)];
};
