import type { SoftmaxAttributes } from "../ops/softmax_family.ts";
import { mapLines } from "./lines.ts";
import type { Reference } from "./reference.ts";
import { input } from "./reference.ts";
import { softmaxRow } from "./rows.ts";

export const reference: Reference<SoftmaxAttributes> = (inputs, { axis }) => [
  mapLines(input(inputs, 0), axis, softmaxRow),
];
