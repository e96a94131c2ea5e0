import type { OneHotAttributes } from "../ops/oneHot.ts";
import type { Reference } from "./reference.ts";
import { input } from "./reference.ts";

export const reference: Reference<OneHotAttributes> = (inputs, { classes }) => {
  const rows = Array.from(input(inputs, 0).data, (index) =>
    Array.from({ length: classes }, (_, own) => Number(own === index)),
  );
  return [Float64Array.from(rows.flat())];
};
