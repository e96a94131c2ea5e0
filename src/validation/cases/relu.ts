import { relu } from "../../ops/relu.ts";
import { unarySwept } from "../kit/shapes.ts";

export const cases = unarySwept(
  "relu",
  relu,
  { positiveInfinity: Number.POSITIVE_INFINITY, negativeInfinity: 0 },
  { kind: "distinct" },
);
