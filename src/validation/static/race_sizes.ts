import type { RaceSizes } from "./races.ts";

/** By file, sizes for kernels of whose parameters some follow from others: parts of a length, a power of two. */
export const raceSizes: Readonly<Record<string, RaceSizes>> = {
  "reduce/rows_workgroup": { params: { outer: 3, length: 9, parts: 2, part: 5, across: 4 } },
  "reduce/columns_workgroup": { params: { outer: 2, length: 9, inner: 12, parts: 2, part: 5, across: 4 } },
  "scan/rows_workgroup": { params: { outer: 2, length: 9, parts: 2, part: 5, reverse: 0, exclusive: 0 } },
};
