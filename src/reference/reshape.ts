import type { Reference } from "./reference.ts";
import { input } from "./reference.ts";

export const reference: Reference = (inputs) => [input(inputs, 0).data];
