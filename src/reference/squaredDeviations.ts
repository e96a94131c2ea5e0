import type { ReductionAttributes } from "../ops/reduction.ts";
import { reduceLists } from "./reduce.ts";
import type { Reference } from "./reference.ts";

export const reference: Reference<ReductionAttributes> = (inputs, attributes) => [
  reduceLists(inputs, attributes, (list) => {
    const mean = list.reduce((total, value) => total + value, 0) / list.length;
    return list.reduce((total, value) => total + (value - mean) ** 2, 0);
  }),
];
