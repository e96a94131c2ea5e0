import { ceil } from "../../ops/ceil.ts";
import { unarySwept } from "../kit/shapes.ts";

export const cases = unarySwept("ceil", ceil, {
  positiveInfinity: Number.POSITIVE_INFINITY,
  negativeInfinity: Number.NEGATIVE_INFINITY,
  tolerance: { kind: "relative", error: 1e-7 },
});
