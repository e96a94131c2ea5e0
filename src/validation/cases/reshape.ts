import { reshape } from "../../ops/reshape.ts";
import type { CaseList } from "../case.ts";
import { need } from "../kit/shapes.ts";

export const cases: CaseList = {
  op: "reshape",
  cases: [
    { name: "flatten", inputs: [{ shape: [2, 3, 5] }], build: ([x]) => reshape(need(x), [-1]) },
    { name: "infer an axis", inputs: [{ shape: [4, 6] }], build: ([x]) => reshape(need(x), [3, -1]) },
    { name: "to a scalar", inputs: [{ shape: [1, 1] }], build: ([x]) => reshape(need(x), []) },
  ],
};
