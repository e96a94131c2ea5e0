import { leakyRelu } from "../../ops/leakyRelu.ts";
import { unaryWithExtremes } from "../kit/extremes.ts";
import { unaryCase } from "../kit/shapes.ts";

const { op, cases: usual } = unaryWithExtremes("leakyRelu", (x) => leakyRelu(x), { kind: "distinct" });

export const cases = {
  op,
  cases: [...usual, unaryCase("a steep slope", [7, 11], (x) => leakyRelu(x, 0.3), { kind: "distinct" })],
};
