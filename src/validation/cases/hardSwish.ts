import { hardSwish } from "../../ops/hardSwish.ts";
import { unarySwept } from "../kit/shapes.ts";

export const cases = unarySwept("hardSwish", hardSwish, {
  positiveInfinity: Number.POSITIVE_INFINITY,
  negativeInfinity: 0,
});
