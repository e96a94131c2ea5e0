import type { Reference } from "./reference.ts";
import { input } from "./reference.ts";
import { placeOfLargest, rowsOf } from "./rows.ts";

export const reference: Reference<null> = (inputs) => [
  Uint32Array.from(rowsOf(input(inputs, 0)).map(placeOfLargest)),
];
