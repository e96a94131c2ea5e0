import { div } from "../../ops/div.ts";
import { binary } from "../kit/shapes.ts";

export const cases = binary("div", div, [{ kind: "normal" }, { kind: "uniform", low: 0.5, high: 3 }]);
