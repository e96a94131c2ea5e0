import type { Case, CaseList } from "../case.ts";
import type { Pooling } from "../kit/pools.ts";
import { anyPooling, poolings } from "../kit/pools.ts";
import { need } from "../kit/shapes.ts";

function averageCase({ name, image, average }: Pooling, countIncludePad: boolean): Case {
  return {
    name: countIncludePad ? `${name}, padding counts` : name,
    inputs: [{ shape: image }],
    build: ([x]) => average(need(x), countIncludePad),
    ...(name === "many workgroups" && { gradient: "skip: large" as const }),
  };
}

export const cases: CaseList = {
  op: "averagePool2d",
  cases: poolings.flatMap((pooling) => [false, true].map((counts) => averageCase(pooling, counts))),
  random: (draw) => averageCase(anyPooling(draw), draw.pick([false, true])),
};
