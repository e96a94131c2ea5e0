import { im2col } from "../../ops/im2col.ts";
import type { CaseList } from "../case.ts";
import { convolutions } from "../kit/convolutions.ts";
import { need } from "../kit/shapes.ts";

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
