import type { ReductionAttributes } from "../ops/reduction.ts";
import { reduce } from "./reduce.ts";
import type { Reference } from "./reference.ts";

export const reference: Reference<ReductionAttributes> = (inputs, attributes) =>
  reduce(inputs, attributes, Number.POSITIVE_INFINITY, (best, value) => Math.min(best, value));
