import { averagePool2dGradient } from "../../src/ops/averagePool2dGradient.ts";
import type { CaseList } from "../support/case.ts";
import { poolings } from "../support/pools.ts";
import { need } from "../support/shapes.ts";

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
