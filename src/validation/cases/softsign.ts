import { softsign } from "../../ops/softsign.ts";
import { unarySwept } from "../kit/shapes.ts";

export const cases = unarySwept("softsign", softsign, {
  positiveInfinity: 1,
  negativeInfinity: -1,
  tolerance: { kind: "relative", error: 1e-6 },
});
