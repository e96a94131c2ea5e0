import type { PartAttributes } from "../ops/part.ts";
import type { Reference } from "./reference.ts";
import { count, input } from "./reference.ts";

export const reference: Reference<PartAttributes> = (inputs, { offset, shape }) => [
  input(inputs, 0).data.slice(offset, offset + count(shape)),
];
