import { averagePool2d } from "../../src/ops/averagePool2d.ts";
import type { CaseList } from "../support/case.ts";
import { poolings } from "../support/pools.ts";
import { need } from "../support/shapes.ts";

export const cases: CaseList = {
  op: "averagePool2d",
  cases: poolings.flatMap(({ name, image, options }) =>
    [false, true].map((countPadding) => ({
      name: countPadding ? `${name}, padding counts` : name,
      inputs: [{ shape: image }],
      build: ([x]) => averagePool2d(need(x), { ...options, countPadding }),
      ...(name === "many workgroups" && { gradient: "skip: large" as const }),
    })),
  ),
};
