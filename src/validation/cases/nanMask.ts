import { nanMask } from "../../ops/nanMask.ts";
import { unarySwept } from "../kit/shapes.ts";

export const cases = unarySwept("nanMask", nanMask, {
  nan: 1,
  positiveInfinity: 0,
  negativeInfinity: 0,
  tolerance: { kind: "relative", error: 0 },
});
