import { finiteMask } from "../../ops/finiteMask.ts";
import { unarySwept } from "../kit/shapes.ts";

export const cases = unarySwept("finiteMask", finiteMask, {
  nan: 0,
  positiveInfinity: 0,
  negativeInfinity: 0,
  tolerance: { kind: "relative", error: 0 },
});
