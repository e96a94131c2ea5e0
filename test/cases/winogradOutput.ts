import { winogradOutput } from "../../src/ops/winogradOutput.ts";
import type { CaseList } from "../support/case.ts";
import { need } from "../support/shapes.ts";
import { tilings } from "../support/tilings.ts";

export const cases: CaseList = {
  op: "winogradOutput",
  cases: tilings.map(({ name, products, result, gradient }) => ({
    name,
    inputs: [{ shape: products }],
    build: ([m]) => winogradOutput(need(m), { resultShape: result }),
    ...gradient,
  })),
};
