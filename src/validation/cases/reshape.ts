import { reshape } from "../../ops/reshape.ts";
import { squeeze } from "../../ops/squeeze.ts";
import { unsqueeze } from "../../ops/unsqueeze.ts";
import type { CaseList } from "../case.ts";
import { need } from "../kit/shapes.ts";

export const cases: CaseList = {
  op: "reshape",
  cases: [
    { name: "flatten", inputs: [{ shape: [2, 3, 5] }], build: ([x]) => reshape(need(x), [-1]) },
    { name: "infer an axis", inputs: [{ shape: [4, 6] }], build: ([x]) => reshape(need(x), [3, -1]) },
    { name: "squeezed", inputs: [{ shape: [1, 3, 1] }], build: ([x]) => squeeze(need(x), { axes: -1 }) },
    { name: "a new axis", inputs: [{ shape: [3, 2] }], build: ([x]) => unsqueeze(need(x), -1) },
    { name: "to a scalar", inputs: [{ shape: [1, 1] }], build: ([x]) => reshape(need(x), []) },
  ],
};
