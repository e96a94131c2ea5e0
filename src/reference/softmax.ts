import type { Reference } from "./reference.ts";
import { input } from "./reference.ts";
import { concatenate, rowsOf, softmaxRow } from "./rows.ts";

export const reference: Reference<null> = (inputs) => [concatenate(rowsOf(input(inputs, 0)).map(softmaxRow))];
