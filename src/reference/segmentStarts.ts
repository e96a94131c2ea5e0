import type { SegmentStartsAttributes } from "../ops/segmentStarts.ts";
import type { Reference } from "./reference.ts";
import { input } from "./reference.ts";

export const reference: Reference<SegmentStartsAttributes> = (inputs, { segments }) => {
  const starts = new Uint32Array(segments + 1);
  for (const key of input(inputs, 0).data) if (key < segments) starts[key + 1] = (starts[key + 1] ?? 0) + 1;
  for (let segment = 1; segment <= segments; segment++)
    starts[segment] = (starts[segment] ?? 0) + (starts[segment - 1] ?? 0);
  return [starts];
};
