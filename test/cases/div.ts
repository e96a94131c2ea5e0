import { div } from "../../src/ops/div.ts";
import { binary } from "../support/shapes.ts";

export const cases = binary("div", div, [{ kind: "normal" }, { kind: "uniform", low: 0.5, high: 3 }]);
