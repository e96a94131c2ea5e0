import { averagePool2dGradient } from "../../ops/averagePool2dGradient.ts";
import type { CaseList } from "../case.ts";
import { poolings } from "../kit/pools.ts";
import { need } from "../kit/shapes.ts";

export const cases: CaseList = {
  op: "averagePool2dGradient",
  cases: poolings.flatMap(({ name, pooled, attributes }) =>
    [false, true].map((countPadding) => ({
      name: countPadding ? `${name}, padding counts` : name,
      inputs: [{ shape: pooled }],
      build: ([dy]) => averagePool2dGradient(need(dy), { ...attributes, countPadding }),
      ...(name === "many workgroups" && { gradient: "skip: large" as const }),
    })),
  ),
};
