import { positive } from "../../ops/positive.ts";
import { unarySwept } from "../kit/shapes.ts";

export const cases = unarySwept(
  "positive",
  positive,
  { nan: 0, positiveInfinity: 1, negativeInfinity: 0 },
  { kind: "distinct" },
);
