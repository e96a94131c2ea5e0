import { elu } from "../../ops/elu.ts";
import { unaryCase, unarySwept } from "../kit/shapes.ts";

const list = unarySwept("elu", (x) => elu(x), {
  positiveInfinity: Number.POSITIVE_INFINITY,
  negativeInfinity: -1,
  tolerance: { kind: "relative", error: 1.2e-6 },
});

export const cases = {
  ...list,
  cases: [...list.cases, unaryCase("a smaller alpha", [7, 11], (x) => elu(x, 0.3), { kind: "distinct" })],
};
