import { pack } from "../../ops/pack.ts";
import type { CaseList } from "../case.ts";

export const cases: CaseList = {
  op: "pack",
  cases: [
    {
      name: "one tensor",
      inputs: [{ shape: [64] }],
      build: (inputs) => pack(inputs, { offsets: [0], length: 64 }),
      tolerance: { kind: "exact" },
      gradient: "skip: not differentiable",
    },
    {
      name: "gaps between",
      inputs: [{ shape: [3, 7] }, { shape: [] }, { shape: [65] }],
      build: (inputs) => pack(inputs, { offsets: [0, 64, 128], length: 256 }),
      tolerance: { kind: "exact" },
      gradient: "skip: not differentiable",
    },
  ],
};
