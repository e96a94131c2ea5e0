import { takeAt } from "../../ops/takeAt.ts";
import type { Case, CaseList } from "../case.ts";
import type { Pooling } from "../kit/pools.ts";
import { anyPooling, poolings } from "../kit/pools.ts";
import { need } from "../kit/shapes.ts";

function takeCase({ name, image, max, attributes }: Pooling): Case {
  return {
    name,
    inputs: [{ shape: image }, { shape: image, fill: { kind: "distinct" } }],
    build: ([u, x]) => {
      const [, indices] = max(need(x));
      return takeAt(need(u), need(indices), attributes);
    },
    tolerance: { kind: "exact" },
    ...(name === "many workgroups" && { gradient: "skip: large" as const }),
  };
}

export const cases: CaseList = {
  op: "takeAt",
  cases: poolings.map(takeCase),
  random: (draw) => takeCase(anyPooling(draw)),
};
