import type { Fill } from "../case.ts";

/** Values over and over until there are enough. */
export const repeated = (values: readonly number[], count: number): Fill => ({
  kind: "values",
  values: Array.from({ length: count }, (_, index) => values[index % values.length] ?? 0),
});
