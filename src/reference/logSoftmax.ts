import type { SoftmaxAttributes } from "../ops/softmax_family.ts";
import { mapLines } from "./lines.ts";
import type { Reference } from "./reference.ts";
import { input } from "./reference.ts";

export const reference: Reference<SoftmaxAttributes> = (inputs, { axis }) => [
  mapLines(input(inputs, 0), axis, (line) => {
    const top = line.reduce((best, value) => Math.max(best, value));
    const total = line.reduce((sum, value) => sum + Math.exp(value - top), 0);
    return line.map((value) => value - top - Math.log(total));
  }),
];
