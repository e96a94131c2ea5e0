import type { ReductionAttributes } from "../ops/reduction.ts";
import { places } from "./reduce.ts";
import type { Reference } from "./reference.ts";
import { placeOfLargest } from "./rows.ts";

export const reference: Reference<ReductionAttributes> = (inputs, attributes) =>
  places(inputs, attributes, (list) => placeOfLargest(list.map((value) => -value)));
