import { maxPool2dWithIndices } from "../../src/ops/maxPool2d.ts";
import { takeAt } from "../../src/ops/takeAt.ts";
import type { CaseList } from "../support/case.ts";
import { poolings } from "../support/pools.ts";
import { need } from "../support/shapes.ts";

export const cases: CaseList = {
  op: "takeAt",
  cases: poolings.map(({ name, image, options, attributes }) => ({
    name,
    inputs: [{ shape: image }, { shape: image, fill: { kind: "distinct" } }],
    build: ([u, x]) => {
      const [, indices] = maxPool2dWithIndices(need(x), options);
      return takeAt(need(u), need(indices), attributes);
    },
    tolerance: { kind: "exact" },
    ...(name === "many workgroups" && { gradient: "skip: large" as const }),
  })),
};
