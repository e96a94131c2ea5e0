import { sign } from "../../ops/sign.ts";
import { unarySwept } from "../kit/shapes.ts";

export const cases = unarySwept(
  "sign",
  sign,
  { positiveInfinity: 1, negativeInfinity: -1 },
  { kind: "distinct" },
);
