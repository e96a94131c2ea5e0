import { argmax } from "../../ops/argmax.ts";
import type { CaseInput, CaseList } from "../case.ts";
import { need } from "../kit/shapes.ts";

const inputs: readonly (readonly [name: string, input: CaseInput])[] = [
  ["one element", { shape: [1] }],
  ["a vector", { shape: [7] }],
  ["ten classes", { shape: [67, 10] }],
  ["more than two axes", { shape: [3, 5, 4] }],
  ["a long row", { shape: [2, 1031] }],
  ["ties", { shape: [17, 6], dtype: "f32", fill: { kind: "indices", below: 3 } }],
  ["all −∞", { shape: [2], fill: { kind: "values", values: Array(2).fill(Number.NEGATIVE_INFINITY) } }],
  ["0 and −0", { shape: [3], fill: { kind: "values", values: [-1, -0, 0] } }],
  ["NaN", { shape: [4], fill: { kind: "values", values: [1, Number.NaN, 3, Number.NaN] } }],
];

export const cases: CaseList = {
  op: "argmax",
  cases: inputs.map(([name, input]) => ({
    name,
    inputs: [input],
    build: ([x]) => argmax(need(x)),
    gradient: "skip: not differentiable",
  })),
};
