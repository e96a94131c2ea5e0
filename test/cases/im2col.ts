import { im2col } from "../../src/ops/im2col.ts";
import type { CaseList } from "../support/case.ts";
import { convolutions } from "../support/convolutions.ts";
import { need } from "../support/shapes.ts";

export const cases: CaseList = {
  op: "im2col",
  cases: convolutions.map(({ name, image, attributes, gradient }) => ({
    name,
    inputs: [{ shape: image }],
    build: ([x]) => im2col(need(x), attributes),
    tolerance: { kind: "exact" },
    ...gradient,
  })),
};
