import type { Reference } from "./reference.ts";
import { input } from "./reference.ts";

export const reference: Reference<null> = (inputs) => [input(inputs, 1).data, input(inputs, 0).data];
