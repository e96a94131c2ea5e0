import { logSigmoid } from "../../ops/logSigmoid.ts";
import { unarySwept } from "../kit/shapes.ts";

export const cases = unarySwept("logSigmoid", logSigmoid, {
  positiveInfinity: 0,
  negativeInfinity: Number.NEGATIVE_INFINITY,
  tolerance: { kind: "relative", error: 1e-6 },
});
