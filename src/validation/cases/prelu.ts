import { prelu } from "../../ops/prelu.ts";
import { binary } from "../kit/shapes.ts";

export const cases = binary("prelu", prelu, [
  { kind: "distinct" },
  { kind: "uniform", low: -0.5, high: 1.5 },
]);
