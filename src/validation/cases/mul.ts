import { mul } from "../../ops/mul.ts";
import type { CaseList } from "../case.ts";
import { inHalf, mixed } from "../kit/half.ts";
import { binary } from "../kit/shapes.ts";

const { op, cases: inFull } = binary("mul", mul);

/** Both operands in f16 in every way of broadcasting, and either of them beside one in f32. */
export const cases: CaseList = {
  op,
  cases: [
    ...inFull,
    ...inFull.map(inHalf),
    ...inFull.slice(0, 9).map((given, index) => mixed(given, index % 2)),
  ],
};
