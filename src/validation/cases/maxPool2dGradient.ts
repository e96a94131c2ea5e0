import { maxPool2dGradient } from "../../ops/maxPool2dGradient.ts";
import type { Case, CaseList } from "../case.ts";
import type { Pooling } from "../kit/pools.ts";
import { anyPooling, poolings } from "../kit/pools.ts";
import { need } from "../kit/shapes.ts";

function unpoolCase({ name, image, max, attributes, pooled }: Pooling): Case {
  return {
    name,
    inputs: [{ shape: pooled }, { shape: image, fill: { kind: "distinct" } }],
    build: ([dy, x]) => {
      const [, indices] = max(need(x));
      return maxPool2dGradient(need(dy), need(indices), attributes);
    },
    ...(name === "many workgroups" && { gradient: "skip: large" as const }),
  };
}

export const cases: CaseList = {
  op: "maxPool2dGradient",
  cases: poolings.map(unpoolCase),
  random: (draw) => unpoolCase(anyPooling(draw)),
};
