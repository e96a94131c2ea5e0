import { maxPool2dWithIndices } from "../../ops/maxPool2d.ts";
import type { Case, CaseList } from "../case.ts";
import type { Pooling } from "../kit/pools.ts";
import { anyPooling, poolings } from "../kit/pools.ts";
import { need } from "../kit/shapes.ts";

const ties: Case = {
  name: "the first of equals",
  inputs: [{ shape: [2, 6, 6, 4], fill: { kind: "indices", below: 2 }, dtype: "f32" }],
  build: ([x]) => maxPool2dWithIndices(need(x), { size: 3, stride: 1 }),
  gradient: "skip: not differentiable",
};

const values = [-1, Number.NaN, -3, 2, -5, -6, -7, -Infinity, Infinity];

const unusual: Case = {
  name: "NaN, infinities, all below zero",
  inputs: [{ shape: [1, 3, 3, 1], fill: { kind: "values", values } }],
  build: ([x]) => maxPool2dWithIndices(need(x), { size: 2, stride: 1, padding: 1 }),
  gradient: "skip: not differentiable",
};

function poolingCase({ name, image, max }: Pooling): Case {
  return {
    name,
    inputs: [{ shape: image, fill: { kind: "distinct" } }],
    build: ([x]) => max(need(x)),
    tolerance: { kind: "exact" },
    ...(name === "many workgroups" && { gradient: "skip: large" as const }),
  };
}

export const cases: CaseList = {
  op: "maxPool2d",
  cases: [...poolings.map(poolingCase), ties, unusual],
  random: (draw) => poolingCase(anyPooling(draw)),
};
