import { softplus } from "../../ops/softplus.ts";
import { unaryCase, unarySwept } from "../kit/shapes.ts";

const list = unarySwept("softplus", (x) => softplus(x), {
  positiveInfinity: Number.POSITIVE_INFINITY,
  negativeInfinity: 0,
  tolerance: { kind: "relative", error: 1e-6 },
});

export const cases = {
  ...list,
  cases: [...list.cases, unaryCase("steeper", [7, 11], (x) => softplus(x, 2.5), { kind: "normal" })],
};
