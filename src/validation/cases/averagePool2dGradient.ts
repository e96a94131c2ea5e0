import { averagePool2dGradient } from "../../ops/averagePool2dGradient.ts";
import type { Case, CaseList } from "../case.ts";
import type { Pooling } from "../kit/pools.ts";
import { anyPooling, poolings } from "../kit/pools.ts";
import { need } from "../kit/shapes.ts";

function spreadCase({ name, pooled, attributes }: Pooling, countIncludePad: boolean): Case {
  return {
    name: countIncludePad ? `${name}, padding counts` : name,
    inputs: [{ shape: pooled }],
    build: ([dy]) => averagePool2dGradient(need(dy), { ...attributes, countIncludePad }),
    ...(name === "many workgroups" && { gradient: "skip: large" as const }),
  };
}

export const cases: CaseList = {
  op: "averagePool2dGradient",
  cases: poolings.flatMap((pooling) => [false, true].map((counts) => spreadCase(pooling, counts))),
  random: (draw) => spreadCase(anyPooling(draw), draw.pick([false, true])),
};
