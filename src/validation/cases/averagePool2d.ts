import { averagePool2d } from "../../ops/averagePool2d.ts";
import type { CaseList } from "../case.ts";
import { poolings } from "../kit/pools.ts";
import { need } from "../kit/shapes.ts";

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
