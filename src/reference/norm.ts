import type { NormAttributes } from "../ops/norm.ts";
import { reduce } from "./reduce.ts";
import type { Reference } from "./reference.ts";

export const reference: Reference<NormAttributes> = (inputs, attributes) => {
  switch (attributes.order) {
    case 1:
      return reduce(inputs, attributes, 0, (total, value) => total + Math.abs(value));
    case 2: {
      const [squares] = reduce(inputs, attributes, 0, (total, value) => total + value * value);
      return [squares.map(Math.sqrt)];
    }
    default:
      return reduce(inputs, attributes, 0, (best, value) => Math.max(best, Math.abs(value)));
  }
};
