import { winogradOutput } from "../../ops/winogradOutput.ts";
import type { CaseList } from "../case.ts";
import { need } from "../kit/shapes.ts";
import { tilings } from "../kit/tilings.ts";

export const cases: CaseList = {
  op: "winogradOutput",
  cases: tilings.map(({ name, products, result, gradient }) => ({
    name,
    inputs: [{ shape: products }],
    build: ([m]) => winogradOutput(need(m), { resultShape: result }),
    ...gradient,
  })),
};
