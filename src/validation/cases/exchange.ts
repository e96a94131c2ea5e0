import { exchange } from "../../ops/exchange.ts";
import { flatUpdateCases } from "../kit/flat_updates.ts";
import { need } from "../kit/shapes.ts";

export const cases = flatUpdateCases("exchange", [
  ["two buffers", { build: ([a, b]) => exchange(need(a), need(b)) }],
]);
