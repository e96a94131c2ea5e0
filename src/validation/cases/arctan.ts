import { arctan } from "../../ops/arctan.ts";
import { unarySwept } from "../kit/shapes.ts";

export const cases = unarySwept("arctan", arctan, {
  positiveInfinity: Math.PI / 2,
  negativeInfinity: -Math.PI / 2,
  tolerance: { kind: "relative", error: 1e-6 },
});
