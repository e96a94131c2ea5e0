import { relu6 } from "../../ops/relu6.ts";
import { unarySwept } from "../kit/shapes.ts";

/** Of a function: its node is hardTanh's. */
export const cases = unarySwept(
  "relu6",
  relu6,
  { positiveInfinity: 6, negativeInfinity: 0 },
  { kind: "normal", scale: 6 },
);
