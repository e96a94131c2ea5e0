import type { ReductionAttributes } from "../ops/reduction.ts";
import { reduceLists } from "./reduce.ts";
import type { Reference } from "./reference.ts";

export const reference: Reference<ReductionAttributes> = (inputs, attributes) => [
  reduceLists(inputs, attributes, (list) => {
    const top = list.reduce((best, value) => Math.max(best, value));
    return list.reduce((total, value) => total + Math.exp(value - top), 0);
  }),
];
