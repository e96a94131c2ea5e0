import { reshape } from "../ops/reshape.ts";
import type { Module } from "./module.ts";
import { statelessModule } from "./module.ts";

/** [batch, …] → [batch, the product of the rest]; free. */
export const flatten = (): Module => statelessModule("flatten", (x) => reshape(x, [x.shape[0] ?? 1, -1]));
