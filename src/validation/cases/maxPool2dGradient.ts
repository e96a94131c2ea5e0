import { maxPool2dWithIndices } from "../../ops/maxPool2d.ts";
import { maxPool2dGradient } from "../../ops/maxPool2dGradient.ts";
import type { CaseList } from "../case.ts";
import { poolings } from "../kit/pools.ts";
import { need } from "../kit/shapes.ts";

export const cases: CaseList = {
  op: "maxPool2dGradient",
  cases: poolings.map(({ name, image, options, attributes, pooled }) => ({
    name,
    inputs: [{ shape: pooled }, { shape: image, fill: { kind: "distinct" } }],
    build: ([dy, x]) => {
      const [, indices] = maxPool2dWithIndices(need(x), options);
      return maxPool2dGradient(need(dy), need(indices), attributes);
    },
    ...(name === "many workgroups" && { gradient: "skip: large" as const }),
  })),
};
