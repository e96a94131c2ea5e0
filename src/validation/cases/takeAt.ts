import { maxPool2dWithIndices } from "../../ops/maxPool2d.ts";
import { takeAt } from "../../ops/takeAt.ts";
import type { CaseList } from "../case.ts";
import { poolings } from "../kit/pools.ts";
import { need } from "../kit/shapes.ts";

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
