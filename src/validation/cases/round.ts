import { round } from "../../ops/round.ts";
import { unarySwept } from "../kit/shapes.ts";

export const cases = unarySwept("round", round, {
  positiveInfinity: Number.POSITIVE_INFINITY,
  negativeInfinity: Number.NEGATIVE_INFINITY,
  tolerance: { kind: "relative", error: 1e-7 },
});
